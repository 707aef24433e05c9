package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.protocol.S3Fixture.Ledger;
import dev.migrate.listener.MigrationReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hundred processes that start at once: one runs, the others wait, and none of them asks more than it must. */
@Timeout(400)
class CrowdIT {

    private static final int STARTERS = 100;
    /** How often a process asks that waits: see Start. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private static S3Fixture world;
    private final ExecutorService threads = Executors.newFixedThreadPool(STARTERS);
    private final CountDownLatch gate = new CountDownLatch(1);

    /** How one of them fared. */
    private record Fared(MigrationReport report, Optional<S3Process.Waits> waits, int requests, long doneAt) {
        boolean ran() {
            return !report.applied().isEmpty();
        }

        int requestsBeforeItWaited() {
            return waits.orElseThrow().requests();
        }

        int polls() {
            return requests - requestsBeforeItWaited();
        }

        long mostPolls() {
            return Duration.ofNanos(doneAt - waits.orElseThrow().since()).dividedBy(POLL);
        }
    }

    @BeforeAll
    static void open() {
        world = new S3Fixture();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /**
     * @param first how many requests a process sends before it waits: the first read, a claim that comes too late, and the
     *     read that settles it; where there is no register, a list, an attempt to make one, the read after that, and two
     *     more to see that the store keeps its promise
     */
    @ParameterizedTest
    @CsvSource({"REGISTER, 3", "NONE, 8"})
    void each_migration_runs_once_and_all_are_done_soon_after(Ledger ledger, int first) throws Exception {
        EnvironmentName environment =
                new EnvironmentName("crowd-" + ledger.name().toLowerCase(Locale.ROOT));
        S3Oracle truth = new S3Oracle(world, ledger, environment, 4);
        truth.prepare();
        List<S3Process> starters = IntStream.rangeClosed(1, STARTERS)
                .mapToObj(i -> new S3Process(world.endpoint(), environment, i, new FastClock(1)))
                .toList();
        List<Future<Fared>> futures = new ArrayList<>();
        for (S3Process starter : starters) {
            futures.add(threads.submit(() -> {
                gate.await();
                MigrationReport report = starter.run(truth.migrations(), id -> {
                    truth.act(id);
                    whileOthersCome(starters);
                });
                long doneAt = System.nanoTime();
                return new Fared(
                        report, starter.waits(), starter.proxy().requests().size(), doneAt);
            }));
        }
        gate.countDown();
        List<Fared> all = new ArrayList<>();
        for (Future<Fared> future : futures) {
            all.add(future.get());
        }
        starters.forEach(S3Process::close);

        truth.check();
        assertThat(all).filteredOn(Fared::ran).hasSize(1);
        Fared owner = all.stream().filter(Fared::ran).findFirst().orElseThrow();
        List<Fared> waiters = all.stream().filter(fared -> !fared.ran()).toList();
        Duration last =
                Duration.ofNanos(all.stream().mapToLong(Fared::doneAt).max().orElseThrow() - owner.doneAt());
        System.out.printf(
                "crowd: %d starters, ledger %s, %d migrations in %d ms; the last one done %d ms after the owner (poll %d ms);"
                        + " requests: owner %d, waiters at most %d, all %d%n",
                STARTERS,
                ledger,
                owner.report().applied().size(),
                owner.report().elapsed().toMillis(),
                last.toMillis(),
                POLL.toMillis(),
                owner.requests(),
                waiters.stream().mapToInt(Fared::requests).max().orElseThrow(),
                all.stream().mapToInt(Fared::requests).sum());
        assertThat(last).isLessThan(POLL.multipliedBy(2));
        assertThat(waiters).allSatisfy(waiter -> {
            assertThat(waiter.requestsBeforeItWaited()).isLessThanOrEqualTo(first);
            assertThat((long) waiter.polls()).isLessThanOrEqualTo(waiter.mostPolls());
        });
        starters.forEach(starter -> assertThat(starter.trouble()).isEmpty());
    }

    /** An action takes until all others wait. */
    private static void whileOthersCome(List<S3Process> starters) {
        long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (starters.stream().filter(starter -> starter.waits().isPresent()).count() < STARTERS - 1) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not all others wait");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
