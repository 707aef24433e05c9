package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.testing.Fault;
import dev.migrate.testing.ProxiedRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** A process that starts alone, in an environment of its own, with one mishap. */
final class SingleProcess implements Callable<SingleProcess> {

    /** What a mishap may cost: to read, to write again, and to read once more; and a beat of a machine that is slow. */
    private static final int MORE = 4;

    private final S3Fixture world;
    private final int number;
    private final StoreFault mishap;
    private final S3Oracle truth;

    private List<MigrationId> applied = List.of();
    private List<ProxiedRequest> requests = List.of();
    private List<String> story = List.of();
    private List<String> trouble = List.of();

    /**
     * @param number the request to which it happens, counted from 1; 0 for none
     */
    SingleProcess(S3Fixture world, S3Fixture.Ledger ledger, int number, StoreFault mishap) {
        String name = "alone-" + ledger + "-" + number + "-" + mishap;
        EnvironmentName environment = new EnvironmentName(name.toLowerCase(Locale.ROOT));
        this.world = world;
        this.number = number;
        this.mishap = mishap;
        this.truth = new S3Oracle(world, ledger, environment, 4);
    }

    @Override
    public SingleProcess call() {
        truth.prepare();
        try (S3Process start =
                new S3Process(world.endpoint(), truth.environment(), 1, new FastClock(60), mishap.call())) {
            start.proxy()
                    .on(mishap.at(number), truth.watched(mishap.fault()))
                    .on(proxied -> true, truth.watched(Fault.none()));
            applied = start.run(truth.migrations(), truth::act).applied().stream()
                    .map(AppliedMigration::id)
                    .toList();
            requests = start.proxy().requests();
            story = start.story();
            trouble = start.trouble();
        }
        return this;
    }

    List<ProxiedRequest> requests() {
        return requests;
    }

    /** Holds it against a start to which nothing happened. */
    void check(SingleProcess undisturbed) {
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
