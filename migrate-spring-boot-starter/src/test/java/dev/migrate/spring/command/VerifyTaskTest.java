package dev.migrate.spring.command;

import static dev.migrate.spring.command.Actions.failing;
import static dev.migrate.spring.command.Actions.nothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.time.Backoff;
import dev.migrate.spring.command.Actions.Hanging;
import dev.migrate.spring.startup.MigrationMonitor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VerifyTaskTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final CommandFixture bench =
            new CommandFixture().with("0001", "CreateCars", nothing()).with("0002", "PaintCars", nothing());

    private static void verify(CommandFixture where, Duration atMost) {
        new VerifyTask(atMost).run(where.readOnly());
    }

    private static void assertRefused(CommandFixture where, Duration atMost, int code, String... message) {
        assertThatThrownBy(() -> verify(where, atMost))
                .isInstanceOfSatisfying(NotMigratedException.class, e -> assertThat(e.getExitCode())
                        .isEqualTo(code))
                .hasMessageContainingAll(message);
    }

    private static CompletableFuture<Void> start(Callable<?> what) {
        var done = new CompletableFuture<Void>();
        Thread thread = new Thread(() -> {
            try {
                what.call();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static CompletableFuture<Void> verifying(CommandFixture where) {
        return start(() -> {
            new VerifyTask(LONG).run(where);
            return null;
        });
    }

    private static void awaitHeard(CommandFixture where, String event) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!where.heard().contains(event)) {
            assertThat(System.nanoTime()).as("no " + event).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @Test
    void letsServeWhatIsAppliedAndRefusesWhatIsPending() {
        assertRefused(bench, Duration.ZERO, 5, "2 migrations are pending in odin-dev: 0001 CreateCars, 0002 PaintCars");
        assertThat(bench.objects.list("odin-dev", 10)).isEmpty();
        assertThat(bench.run("migrate").code()).isZero();
        CommandFixture serving = bench.readOnly();
        new VerifyTask(Duration.ZERO).run(serving);
        assertThat(serving.heard()).containsExactly("Completed");
    }

    @Test
    void refusesWhatIsHaltedAndTellsItFromWhatAMigrateWouldDo() {
        bench.instead("0002", "PaintCars", failing());
        assertThat(bench.run("migrate").code()).isEqualTo(3);
        assertRefused(bench, Duration.ZERO, 4, "0002 PaintCars is FAILED in odin-dev", "the paint is still wet");
        assertRefused(
                bench.deployed("green"),
                Duration.ZERO,
                5,
                "1 migration is pending",
                "0002 PaintCars (attempt 1 was FAILED, and this deployment retries it)");
    }

    @Test
    void letsServeWhatHadFinishedAsItsReceiptSays() {
        bench.instead("0002", "PaintCars", failing());
        assertThat(bench.run("migrate").code()).isEqualTo(3);
        String unused = bench.objects.create("odin-dev/0002", new byte[0]);
        verify(bench, Duration.ZERO);
        assertThat(bench.run("status").code()).isZero();
    }

    @Test
    void letsAnOlderBuildServeWhileANewerOneIsInTrouble() {
        assertThat(bench.run("migrate").code()).isZero();
        CommandFixture newer = bench.deployed("green").with("0003", "WashCars", failing());
        assertThat(newer.run("migrate").code()).isEqualTo(3);
        verify(bench, Duration.ZERO);
    }

    @Test
    void waitsForWhoeverRunsThem() throws Exception {
        Hanging hanging = new Hanging();
        bench.instead("0002", "PaintCars", hanging);
        CommandFixture waiting = bench.deployed("blue");
        var verified = verifying(waiting);
        awaitHeard(waiting, "Notice");
        var migrated = start(() -> bench.run("migrate"));
        assertThat(hanging.begun().await(30, TimeUnit.SECONDS)).isTrue();
        awaitHeard(waiting, "Waiting");
        assertThat(verified).isNotDone();
        assertRefused(bench, Duration.ZERO, 5, "0002 PaintCars is running in odin-dev", "here, process 7 owns it");
        hanging.end().countDown();
        assertThat(verified).succeedsWithin(Duration.ofSeconds(30));
        assertThat(migrated).succeedsWithin(Duration.ofSeconds(30));
        assertThat(waiting.heard()).endsWith("Completed");
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        long begun = System.nanoTime();
        assertRefused(bench, Duration.ofMillis(300), 5, "pending");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void waitsPastAnOldVerdictButNotPastANewOne() throws Exception {
        bench.instead("0001", "CreateCars", failing());
        assertThat(bench.run("migrate").code()).isEqualTo(3);
        CommandFixture waiting = bench.deployed("blue");
        var verified = verifying(waiting);
        awaitHeard(waiting, "Notice");
        CommandFixture fixed = bench.deployed("green").instead("0001", "CreateCars", nothing());
        assertThat(fixed.instead("0002", "PaintCars", nothing())
                        .run("migrate 0001")
                        .code())
                .isZero();
        assertThat(verified).isNotDone();
        assertThat(bench.instead("0002", "PaintCars", failing()).run("migrate").code())
                .isEqualTo(3);
        assertThat(verified)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withMessageContaining("0002 PaintCars is FAILED");
    }

    @Test
    void endsAtOnceWhenItIsInterrupted() throws Exception {
        var ended = new CompletableFuture<Throwable>();
        Thread thread = new Thread(() -> {
            try {
                new VerifyTask(LONG).run(bench);
            } catch (Throwable e) {
                ended.complete(e);
            }
        });
        thread.start();
        awaitHeard(bench, "Notice");
        thread.interrupt();
        assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(RunCancelledException.class);
    }

    @Test
    void asksAgainWhereTheLedgerDoesNotAnswer() throws Exception {
        assertThat(bench.run("migrate").code()).isZero();
        CommandFixture silent = bench.silentAtFirst(2);
        new VerifyTask(Duration.ZERO).run(silent);
        assertThat(silent.heard()).containsExactly("LedgerUnreachable", "LedgerRecovered", "Completed");
    }

    @Test
    void looksAgainAfterADelayThatIsDrawn() {
        assertThat(bench.run("migrate").code()).isZero();
        var draws = new AtomicInteger();
        Backoff backoff = Backoff.fixed(Duration.ofMillis(10)).with(() -> draws.incrementAndGet());
        new VerifyTask(Duration.ZERO, backoff).run(bench.silentAtFirst(2));
        assertThat(draws).hasValue(2);
    }

    @Test
    void tellsThatTheLedgerAnswersAgainThoughSomethingIsPending() throws Exception {
        MigrationMonitor monitor = new MigrationMonitor();
        CommandFixture silent = bench.silentAtFirst(1);
        var verified = verifying(silent);
        awaitHeard(silent, "Notice");
        assertThat(silent.heard()).startsWith("LedgerUnreachable", "LedgerRecovered", "Notice");
        silent.events().forEach(monitor::on);
        assertThat(monitor.snapshot().detail()).as("nobody is alarmed any more").isNull();
        assertThat(bench.run("migrate").code()).isZero();
        verified.get(30, TimeUnit.SECONDS);
    }
}
