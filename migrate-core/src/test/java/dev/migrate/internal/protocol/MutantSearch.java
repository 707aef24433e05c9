package dev.migrate.internal.protocol;

import dev.migrate.testing.Promise;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks for a history, or a road, that breaks a promise. A step that fails with an exception is no finding: it ends its
 * process as a crash does, and the promise must be broken by what the store holds or by what runs. Public, because it is
 * called from another class loader.
 */
public final class MutantSearch {

    private static final int ENOUGH_STATES = 600_000;

    private MutantSearch() {}

    /** The first history that breaks a promise, and how; null when none does. */
    public static String search(Promise promise, long first, long last, long step) {
        return search(promise::isBrokenBy, first, last, step);
    }

    static String search(Predicate<String> broken, long first, long last, long step) {
        for (long seed = first; seed <= last; seed += step) {
            Simulation history = new Simulation(seed, false);
            try {
                SimWorld unused = history.run();
            } catch (IllegalStateException | NullPointerException e) {
                continue; // found out where it happens, which is not what is looked for
            }
            Optional<String> violation =
                    history.world.violations.stream().filter(broken).findFirst();
            if (violation.isPresent()) {
                return "seed " + seed + ": " + violation.get();
            }
        }
        return null;
    }

    /** A road of a small world that breaks a promise, and how; null when none does. */
    public static String explore(
            Promise promise,
            String first,
            boolean fails,
            boolean sameDeployment,
            boolean reverts,
            int crashes,
            int lostAnswers,
            int holdUps) {
        ExploredMoment.FaultBudget most = new ExploredMoment.FaultBudget(crashes, lostAnswers, holdUps);
        Exploration exploration = new Exploration(
                new SmallWorld(SimMigration.Kind.valueOf(first), fails, sameDeployment, reverts, most),
                promise::isBrokenBy);
        exploration.endRoadsThatFail();
        exploration.explore(ENOUGH_STATES);
        return exploration.violations().stream().findFirst().orElse(null);
    }
}
