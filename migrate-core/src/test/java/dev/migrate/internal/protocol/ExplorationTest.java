package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.protocol.ExploredMoment.FaultBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every interleaving of two owners and two migrations, or of one that starts and one that reverts, with what may go wrong
 * on the way. Complete, not sampled. {@code -Pproof} explores the worlds in which a crash, a lost answer and a hold-up may
 * all happen on one road: five million states each.
 */
class ExplorationTest {

    private static Stream<SmallWorld> worlds(List<SimMigration.Kind> kinds, List<FaultBudget> misfortunes) {
        List<SmallWorld> worlds = new ArrayList<>();
        for (SimMigration.Kind first : kinds) {
            for (FaultBudget most : misfortunes) {
                worlds.add(new SmallWorld(first, false, true, false, most));
                worlds.add(new SmallWorld(first, true, true, false, most));
                // The deployment tells something only where an action fails.
                worlds.add(new SmallWorld(first, true, false, false, most));
            }
        }
        return worlds.stream();
    }

    private static Stream<SmallWorld> reverts(List<FaultBudget> misfortunes) {
        return misfortunes.stream()
                .flatMap(most -> Stream.of(
                        new SmallWorld(SimMigration.Kind.PLAIN, false, true, true, most),
                        new SmallWorld(SimMigration.Kind.PLAIN, true, false, true, most)));
    }

    @Test
    void no_road_breaks_a_promise() {
        List<FaultBudget> one = List.of(new FaultBudget(1, 0, 0), new FaultBudget(0, 1, 0), new FaultBudget(0, 0, 1));
        List<FaultBudget> two = List.of(new FaultBudget(1, 1, 0));
        Stream.of(
                        worlds(List.of(SimMigration.Kind.values()), one),
                        worlds(List.of(SimMigration.Kind.PLAIN, SimMigration.Kind.RERUNNABLE), two),
                        reverts(one),
                        reverts(List.of(new FaultBudget(1, 1, 1))))
                .flatMap(worlds -> worlds)
                .parallel()
                .forEach(ExplorationTest::explore);
    }

    @Test
    @EnabledIfSystemProperty(named = "proof", matches = "full", disabledReason = "it takes minutes: -Pproof")
    void nor_does_one_with_every_misfortune() {
        // The checkpoints of resumable migrations are in the worlds above; otherwise they are like rerunnable ones.
        List<SimMigration.Kind> kinds = List.of(SimMigration.Kind.PLAIN, SimMigration.Kind.RERUNNABLE);
        worlds(kinds, List.of(new FaultBudget(1, 1, 1))).parallel().forEach(ExplorationTest::explore);
    }

    private static void explore(SmallWorld given) {
        Exploration exploration = new Exploration(given, violation -> true);
        exploration.explore(Integer.MAX_VALUE);
        System.out.println(given + ": " + exploration.states() + " states, " + exploration.transitions
                + " transitions, ends " + exploration.ends);
        assertThat(exploration.violations()).as("%s", given).isEmpty();
        assertThat(exploration.ends).as("nothing is vacuous").isNotEmpty();
    }
}
