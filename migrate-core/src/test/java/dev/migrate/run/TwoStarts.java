package dev.migrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.ledger.Applied;
import dev.migrate.testing.Fault;
import dev.migrate.testing.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Two processes that start at once, the first of them with a mishap: whoever is first runs, and the other waits. */
final class TwoStarts implements Callable<TwoStarts> {

    private final S3World world;
    private final int number;
    private final Mishap mishap;
    private final S3Truth truth;

    private List<Applied> applied = List.of();
    private List<Seen> requests = List.of();
    private List<String> stories = List.of();
    private List<String> trouble = List.of();
    private List<String> othersTrouble = List.of();

    TwoStarts(S3World world, S3World.Ledger ledger, int number, Mishap mishap) {
        String name = "two-" + ledger + "-" + number + "-" + mishap;
        EnvironmentName environment = new EnvironmentName(name.toLowerCase(Locale.ROOT));
        this.world = world;
        this.number = number;
        this.mishap = mishap;
        this.truth = new S3Truth(world, ledger, environment, 4);
    }

    @Override
    public TwoStarts call() {
        truth.prepare();
        try (S3Start start = start(1, mishap.call());
                S3Start other = start(2, Duration.ofSeconds(30))) {
            start.proxy()
                    .on(mishap.at(number), truth.watched(mishap.fault()))
                    .on(seen -> true, truth.watched(Fault.none()));
            other.proxy().on(seen -> true, truth.watched(Fault.none()));
            CompletableFuture<MigrationReport> beside = CompletableFuture.supplyAsync(
                    () -> other.run(truth.migrations(), truth::act), work -> new Thread(work, "other").start());
            List<Applied> mine = start.run(truth.migrations(), truth::act).applied();
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

    private S3Start start(int process, Duration call) {
        return new S3Start(world.endpoint(), truth.environment(), process, new Hurry(20), call);
    }

    /** Whether the process asked often enough to meet it. */
    boolean met() {
        return requests.size() >= number;
    }

    void check() {
        truth.check();
        assertThat(applied).map(Applied::id).containsExactlyInAnyOrderElementsOf(truth.pending());
        assertThat(stories).noneMatch(told -> told.startsWith("Halt") || told.startsWith("TakenOver"));
        assertThat(othersTrouble).isEmpty();
        if (met()) {
            mishap.checkTold(requests.get(number - 1), trouble);
        } else {
            mishap.checkNothingElseTold(trouble);
        }
    }

    @Override
    public String toString() {
        return mishap + " at request " + number;
    }
}
