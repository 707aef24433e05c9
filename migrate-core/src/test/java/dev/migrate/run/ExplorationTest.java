package dev.migrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every interleaving of two owners and two migrations, with what may go wrong on the way. Complete, not sampled.
 * {@code -Pproof} explores the worlds in which a crash, a lost answer and a hold-up may all happen on one road: five million
 * states each.
 */
class ExplorationTest {

    /** What a world is made of. */
    record Given(SimMigration.Kind first, boolean fails, boolean sameDeployment, Exploration.Misfortune most) {}

    private static Stream<Given> worlds(List<SimMigration.Kind> kinds, List<Exploration.Misfortune> misfortunes) {
        List<Given> worlds = new ArrayList<>();
        for (SimMigration.Kind first : kinds) {
            for (Exploration.Misfortune most : misfortunes) {
                worlds.add(new Given(first, false, true, most));
                worlds.add(new Given(first, true, true, most));
                // The deployment tells something only where an action fails.
                worlds.add(new Given(first, true, false, most));
            }
        }
        return worlds.stream();
    }

    @Test
    void no_road_breaks_a_promise() {
        worlds(
                        List.of(SimMigration.Kind.values()),
                        List.of(
                                new Exploration.Misfortune(1, 0, 0),
                                new Exploration.Misfortune(0, 1, 0),
                                new Exploration.Misfortune(0, 0, 1),
                                new Exploration.Misfortune(1, 1, 0)))
                .parallel()
                .forEach(ExplorationTest::explore);
    }

    @Test
    @EnabledIfSystemProperty(named = "proof", matches = "full", disabledReason = "it takes minutes: -Pproof")
    void nor_does_one_with_every_misfortune() {
        // No checkpoint is saved in these worlds, so a resumable migration is like a rerunnable one.
        worlds(
                        List.of(SimMigration.Kind.PLAIN, SimMigration.Kind.RERUNNABLE),
                        List.of(new Exploration.Misfortune(1, 1, 1)))
                .parallel()
                .forEach(ExplorationTest::explore);
    }

    private static void explore(Given given) {
        List<SimMigration> migrations = List.of(
                new SimMigration(MigrationId.of("0001"), given.first()),
                new SimMigration(MigrationId.of("0002"), SimMigration.Kind.PLAIN));
        List<String> deployments = List.of("d1", given.sameDeployment() ? "d1" : "d2");
        Exploration exploration = new Exploration(migrations, given.fails() ? Set.of(0) : Set.of(), deployments);
        exploration.explore(given.most());
        System.out.println(given + ": " + exploration.states() + " states, " + exploration.transitions
                + " transitions, ends " + exploration.ends);
        assertThat(exploration.violations).as("%s", given).isEmpty();
        assertThat(exploration.ends).as("nothing is vacuous").isNotEmpty();
    }
}
