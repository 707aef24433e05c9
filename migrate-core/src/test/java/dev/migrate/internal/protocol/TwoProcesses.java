package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.MigrationReport;
import dev.migrate.testing.Fault;
import dev.migrate.testing.ProxiedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Two processes that start at once, the first of them with a mishap: one of them runs, and the other waits. The last action
 * goes on until the first process has sent the request that the mishap is for: an owner beats, and a waiter polls.
 */
final class TwoProcesses implements Callable<TwoProcesses> {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final S3Fixture world;
    private final int number;
    private final StoreFault mishap;
    private final S3Oracle truth;

    private List<AppliedMigration> applied = List.of();
    private List<ProxiedRequest> requests = List.of();
    private List<String> stories = List.of();
    private List<String> trouble = List.of();
    private List<String> othersTrouble = List.of();

    TwoProcesses(S3Fixture world, S3Fixture.Ledger ledger, int number, StoreFault mishap) {
        String name = "two-" + ledger + "-" + number + "-" + mishap;
        EnvironmentName environment = new EnvironmentName(name.toLowerCase(Locale.ROOT));
        this.world = world;
        this.number = number;
        this.mishap = mishap;
        this.truth = new S3Oracle(world, ledger, environment, 4);
    }

    @Override
    public TwoProcesses call() {
        truth.prepare();
        try (S3Process start = start(1, mishap.call());
                S3Process other = start(2, Duration.ofSeconds(30))) {
            start.proxy()
                    .on(mishap.at(number), truth.watched(mishap.fault()))
                    .on(proxied -> true, truth.watched(Fault.none()));
            other.proxy().on(proxied -> true, truth.watched(Fault.none()));
            CompletableFuture<MigrationReport> beside = CompletableFuture.supplyAsync(
                    () -> other.run(truth.migrations(), id -> act(id, start)),
                    work -> new Thread(work, "other").start());
            List<AppliedMigration> mine =
                    start.run(truth.migrations(), id -> act(id, start)).applied();
            applied = Stream.concat(mine.stream(), beside.join().applied().stream())
                    .toList();
            requests = start.proxy().requests();
            stories = Stream.concat(start.story().stream(), other.story().stream())
                    .toList();
            trouble = start.trouble();
            othersTrouble = other.trouble();
        }
        return this;
    }

    private S3Process start(int process, Duration call) {
        return new S3Process(world.endpoint(), truth.environment(), process, new FastClock(20), call);
    }

    private void act(String id, S3Process start) {
        truth.act(id);
        List<MigrationId> pending = truth.pending();
        if (MigrationId.of(id).equals(pending.get(pending.size() - 1))) {
            awaitMishap(start);
        }
    }

    private void awaitMishap(S3Process start) {
        long begun = System.nanoTime();
        while (start.proxy().requests().size() < number) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IllegalStateException("The first process sent only "
                        + start.proxy().requests().size() + " requests, and the mishap is for request " + number);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    void check() {
        truth.checkWatched();
        assertThat(applied).map(AppliedMigration::id).containsExactlyInAnyOrderElementsOf(truth.pending());
        assertThat(stories).noneMatch(told -> told.startsWith("AttemptFailed") || told.startsWith("TakenOver"));
        assertThat(othersTrouble).isEmpty();
        assertThat(requests).as("the mishap was met").hasSizeGreaterThanOrEqualTo(number);
        mishap.checkTold(requests.get(number - 1), trouble);
    }

    @Override
    public String toString() {
        return mishap + " at request " + number;
    }
}
