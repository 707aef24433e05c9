package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Draws many histories. {@code -Psimulation -Dseeds=N} says how many; {@code -Psimulation -Dseed=S} replays one, with its
 * timeline.
 */
class SimulationTest {

    private static final long SEEDS = Long.getLong("seeds", 5_000);

    @Test
    void no_history_breaks_a_promise() {
        Long only = Long.getLong("seed");
        if (only != null) {
            SimWorld world = new Simulation(only, true).run();
            System.out.println(world.timeline);
            assertThat(world.violations).isEmpty();
            return;
        }
        Map<SimWorld.Reached, Long> reached = new EnumMap<>(SimWorld.Reached.class);
        long begun = System.nanoTime();
        LongStream.rangeClosed(1, SEEDS).parallel().forEach(seed -> {
            SimWorld world = history(seed);
            synchronized (reached) {
                world.reached.forEach((what, times) -> reached.merge(what, (long) times, Long::sum));
            }
        });
        System.out.println(SEEDS + " histories in " + (System.nanoTime() - begun) / 1_000_000_000 + " s, 0 violations; "
                + reached);
        for (SimWorld.Reached what : SimWorld.Reached.values()) {
            assertThat(reached).as("nothing is vacuous").containsKey(what);
        }
    }

    private static SimWorld history(long seed) {
        SimWorld world = new Simulation(seed, false).run();
        if (!world.violations.isEmpty()) {
            SimWorld again = new Simulation(seed, true).run();
            throw new AssertionError("seed " + seed + ": " + world.violations + "\n" + again.timeline);
        }
        return world;
    }
}
