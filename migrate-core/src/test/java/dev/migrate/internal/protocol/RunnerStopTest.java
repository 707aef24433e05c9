package dev.migrate.internal.protocol;

import static dev.migrate.internal.protocol.ScriptedProcess.DEV;
import static dev.migrate.internal.protocol.ScriptedProcess.LEASE;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.store.ReadResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a run ends that is told to: real threads, and a store in memory. */
@Timeout(60)
class RunnerStopTest {

    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final ScriptedStore store = new ScriptedStore(objects);
    private final List<MigrationEvent> events = Collections.synchronizedList(new ArrayList<>());
    private volatile MigrationListener listener = MigrationListener.of(event -> {});

    private record Given(MigrationAction action) implements MigrationDefinition {
        @Override
        public MigrationId id() {
            return MigrationId.of("0001");
        }

        @Override
        public String name() {
            return "M0001";
        }

        @Override
        public boolean rerunnable() {
            return false;
        }

        @Override
        public String origin() {
            return "test.M0001";
        }

        @Override
        public Class<? extends MigrationAction> type() {
            return action instanceof ResumableAction ? ResumableAction.class : MigrationAction.class;
        }
    }

    /** A run on a thread of its own. */
    private static final class Run {
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final AtomicBoolean interrupted = new AtomicBoolean();
        final Thread thread;

        Run(MigrationRunner runner) {
            thread = new Thread(() -> {
                thrown.set(catchThrowable(runner::run));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            thread.start();
        }

        void isStopped() throws InterruptedException {
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
            assertThat(thrown.get()).isInstanceOf(RunCancelledException.class);
        }
    }

    private MigrationRunner runner(Duration grace, MigrationAction action) {
        return new MigrationRunner(
                store,
                List.of(new Given(action)),
                RunnerSettings.builder(DEV, new Owner("here", 1, null))
                        .deployment("d1")
                        .lease(LEASE)
                        .shutdownGrace(grace)
                        .build(),
                MigrationListener.of(event -> {
                    events.add(event);
                    listener.on(event);
                }));
    }

    /** Waits until something of a kind was told. */
    private void told(Class<?> type) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            synchronized (events) {
                if (events.stream().anyMatch(type::isInstance)) {
                    return;
                }
            }
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
            Thread.sleep(2);
        }
    }

    private void claimedByAnother(@Nullable Outcome verdict) {
        ScriptedProcess other = new ScriptedProcess(objects);
        other.given(state -> {
            LedgerState claimed = state.claim(attempt("0001", 1, "theirs", "d1"), LEASE);
            return verdict == null ? claimed : claimed.fail("theirs", verdict, "boom", ScriptedProcess.NOW, null);
        });
    }

    @Test
    void a_run_that_waits_for_an_owner_ends_at_once_and_asks_the_store_no_more() throws Exception {
        claimedByAnother(null);
        MigrationRunner runner = runner(Duration.ofSeconds(5), () -> {});
        Run run = new Run(runner);
        told(MigrationEvent.Waiting.class);
        runner.stop();
        run.isStopped();
        // The look that was under way when it was told, at most.
        assertThat(store.calls).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void a_run_that_is_blocked_ends_at_once() throws Exception {
        claimedByAnother(Outcome.INTERRUPTED);
        MigrationRunner runner = runner(Duration.ofSeconds(5), () -> {});
        Run run = new Run(runner);
        told(MigrationEvent.Blocked.class);
        long begun = System.nanoTime();
        runner.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        run.isStopped();
    }

    @Test
    void an_interrupt_of_the_calling_thread_ends_the_run_too_and_is_kept() throws Exception {
        claimedByAnother(Outcome.INTERRUPTED);
        Run run = new Run(runner(Duration.ofSeconds(5), () -> {}));
        told(MigrationEvent.Blocked.class);
        run.thread.interrupt();
        run.isStopped();
        assertThat(run.interrupted).isTrue();
    }

    @Test
    void a_run_that_ends_by_itself_leaves_no_interrupt_behind() throws Exception {
        Run run = new Run(runner(Duration.ofSeconds(5), () -> {}));
        run.thread.join(30_000);
        assertThat(run.thrown.get()).isNull();
        assertThat(run.interrupted).isFalse();
    }

    @Test
    void an_interrupt_while_an_action_runs_gives_it_its_grace_and_its_verdict_is_written() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Run run = new Run(runner(Duration.ofMillis(50), () -> {
            started.countDown();
            new CountDownLatch(1).await();
        }));
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        run.thread.interrupt();
        run.isStopped();
        assertThat(run.interrupted).isTrue();
        assertThat(new ScriptedProcess(objects).state().halted().outcome()).isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void stop_returns_after_the_verdict_is_written_and_published() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        listener = MigrationListener.of(event -> {
            if (event instanceof MigrationEvent.AttemptFailed) {
                Thread.onSpinWait();
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            }
        });
        MigrationRunner runner = runner(Duration.ofMillis(50), () -> {
            started.countDown();
            new CountDownLatch(1).await();
        });
        Run run = new Run(runner);
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        runner.stop();
        assertThat(new ScriptedProcess(objects).state().halted().outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(events).last().isInstanceOf(MigrationEvent.AttemptFailed.class);
        run.isStopped();
    }

    @Test
    void stop_asks_an_action_to_stop_at_once_though_the_runner_hangs_in_the_store() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean asked = new AtomicBoolean();
        ResumableAction action = context -> {
            context.saveCheckpoint("row 1"); // which the owner writes within a second, and hangs
            started.countDown();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!context.isCancelled() && System.nanoTime() < end) {
                Thread.sleep(2);
            }
            asked.set(context.isCancelled());
            release.countDown();
        };
        CountDownLatch hangs = new CountDownLatch(1);
        listener = MigrationListener.of(event -> {
            if (event instanceof MigrationEvent.Started) {
                store.before("PUT ledger.json", () -> {
                    hangs.countDown();
                    try {
                        assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
            }
        });
        MigrationRunner runner = runner(Duration.ofSeconds(30), action);
        Run run = new Run(runner);
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(hangs.await(30, TimeUnit.SECONDS)).isTrue();
        runner.stop();
        assertThat(asked).isTrue();
        run.isStopped();
        assertThat(new ScriptedProcess(objects).state().applied()).hasSize(1);
    }

    @Test
    void stop_may_be_called_by_a_listener_and_returns_at_once() throws Exception {
        AtomicReference<MigrationRunner> runner = new AtomicReference<>();
        AtomicBoolean returned = new AtomicBoolean();
        listener = MigrationListener.of(event -> {
            if (event instanceof MigrationEvent.RunStarted) {
                long begun = System.nanoTime();
                runner.get().stop();
                returned.set(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(5));
            }
        });
        runner.set(runner(Duration.ofSeconds(5), () -> {}));
        new Run(runner.get()).isStopped();
        assertThat(returned).isTrue();
    }

    @Test
    void stop_with_no_run_under_way_returns_at_once_and_a_later_run_ends_at_once() throws Exception {
        MigrationRunner runner = runner(Duration.ofSeconds(5), () -> {});
        long begun = System.nanoTime();
        runner.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        new Run(runner).isStopped();
    }

    @Test
    void a_thread_that_is_interrupted_in_stop_keeps_the_interrupt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        MigrationRunner runner = runner(Duration.ofSeconds(30), () -> {
            started.countDown();
            release.await();
        });
        Run run = new Run(runner);
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        AtomicBoolean kept = new AtomicBoolean();
        Thread stopper = new Thread(() -> {
            Thread.currentThread().interrupt();
            runner.stop();
            kept.set(Thread.currentThread().isInterrupted());
        });
        stopper.start();
        stopper.join(20_000);
        assertThat(kept).isTrue();
        release.countDown();
        run.isStopped();
    }

    @Test
    void every_write_has_a_nonce_and_every_attempt_a_token_of_its_own() {
        MigrationRunner first = runner(Duration.ofSeconds(5), () -> {});
        assertThat(first.run().applied()).hasSize(1);
        String one = register();
        objects.delete("odin-dev/ledger.json", ((ReadResult.Found) objects.read("odin-dev/ledger.json")).version());
        objects.delete("odin-dev/0001", ((ReadResult.Found) objects.read("odin-dev/0001")).version());
        assertThat(runner(Duration.ofSeconds(5), () -> {}).run().applied()).hasSize(1);
        for (String field : List.of("nonce", "token")) {
            String pattern = "(?s).*\"" + field + "\": \"([0-9a-f-]{36})\".*";
            assertThat(one).matches(pattern);
            assertThat(register()).matches(pattern);
            assertThat(one.replaceAll(pattern, "$1")).isNotEqualTo(register().replaceAll(pattern, "$1"));
        }
    }

    private String register() {
        String key = MigrationRunner.registerKey(DEV);
        assertThat(key).isEqualTo("odin-dev/ledger.json");
        return new String(((ReadResult.Found) objects.read(key)).content(), StandardCharsets.UTF_8);
    }

    @Test
    void two_migrations_of_one_number_make_no_runner() {
        assertThatThrownBy(() -> new MigrationRunner(
                        store,
                        List.of(new Given(() -> {}), new Given(() -> {})),
                        RunnerSettings.of(DEV, "d1", new Owner("here", 1, null)),
                        MigrationListener.of(event -> {})))
                .hasMessageContaining("Two migrations have the number 0001");
    }
}
