package dev.migrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every interleaving of two owners and two migrations, with what may go wrong on the way. Complete, not sampled. */
class ExplorationTest {

    /** What a world is made of. */
    record Given(SimMigration.Kind first, boolean fails, boolean sameDeployment, Exploration.Misfortune most) {}

    static Stream<Given> worlds() {
        List<Given> worlds = new ArrayList<>();
        for (SimMigration.Kind first : SimMigration.Kind.values()) {
            for (boolean fails : new boolean[] {false, true}) {
                for (boolean same : new boolean[] {false, true}) {
                    worlds.add(new Given(first, fails, same, new Exploration.Misfortune(1, 0, 0)));
                    worlds.add(new Given(first, fails, same, new Exploration.Misfortune(0, 1, 0)));
                    worlds.add(new Given(first, fails, same, new Exploration.Misfortune(0, 0, 1)));
                    worlds.add(new Given(first, fails, same, new Exploration.Misfortune(1, 1, 0)));
                }
            }
        }
        return worlds.stream();
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void no_road_breaks_a_promise(Given given) {
        List<SimMigration> migrations = List.of(
                new SimMigration(MigrationId.of("0001"), given.first()),
                new SimMigration(MigrationId.of("0002"), SimMigration.Kind.PLAIN));
        List<String> deployments = List.of("d1", given.sameDeployment() ? "d1" : "d2");
        Exploration exploration = new Exploration(migrations, given.fails() ? Set.of(0) : Set.of(), deployments);
        exploration.explore(given.most());
        System.out.println(given + ": " + exploration.states() + " states, " + exploration.transitions
                + " transitions, ends " + exploration.ends);
        assertThat(exploration.violations).isEmpty();
        assertThat(exploration.ends).as("nothing is vacuous").isNotEmpty();
    }
}
