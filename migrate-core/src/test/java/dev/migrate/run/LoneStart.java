package dev.migrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.testing.Fault;
import dev.migrate.testing.Seen;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** A process that starts alone, in an environment of its own, with one mishap. */
final class LoneStart implements Callable<LoneStart> {

    /** What a mishap may cost: to read, to write again, and to read once more; and a beat of a machine that is slow. */
    private static final int MORE = 4;

    private final S3World world;
    private final int number;
    private final Mishap mishap;
    private final S3Truth truth;

    private List<MigrationId> applied = List.of();
    private List<Seen> requests = List.of();
    private List<String> story = List.of();
    private List<String> trouble = List.of();

    /**
     * @param number the request to which it happens, counted from 1; 0 for none
     */
    LoneStart(S3World world, S3World.Ledger ledger, int number, Mishap mishap) {
        String name = "alone-" + ledger + "-" + number + "-" + mishap;
        EnvironmentName environment = new EnvironmentName(name.toLowerCase(Locale.ROOT));
        this.world = world;
        this.number = number;
        this.mishap = mishap;
        this.truth = new S3Truth(world, ledger, environment, 4);
    }

    @Override
    public LoneStart call() {
        truth.prepare();
        try (S3Start start = new S3Start(world.endpoint(), truth.environment(), 1, new Hurry(60), mishap.call())) {
            start.proxy()
                    .on(mishap.at(number), truth.watched(mishap.fault()))
                    .on(seen -> true, truth.watched(Fault.none()));
            applied = start.run(truth.migrations(), truth::act).applied().stream()
                    .map(Applied::id)
                    .toList();
            requests = start.proxy().requests();
            story = start.story();
            trouble = start.trouble();
        }
        return this;
    }

    List<Seen> requests() {
        return requests;
    }

    /** Holds it against a start to which nothing happened. */
    void check(LoneStart undisturbed) {
        truth.checkWatched();
        assertThat(applied).isEqualTo(truth.pending());
        assertThat(story).isEqualTo(undisturbed.story);
        mishap.checkTold(requests.get(number - 1), trouble);
        if (trouble.size() <= 1) {
            assertThat(requests).hasSizeLessThanOrEqualTo(undisturbed.requests.size() + MORE);
        }
    }

    @Override
    public String toString() {
        return mishap + " at request " + number;
    }
}
