package dev.migrate.run;

/** Looks for a history that breaks a promise. Public, because it is called from another class loader. */
public final class MutantSearch {

    private MutantSearch() {}

    public static String search(long first, long last) {
        for (long seed = first; seed <= last; seed++) {
            String broken = broken(seed);
            if (broken != null) {
                return "seed " + seed + ": " + broken;
            }
        }
        return null;
    }

    private static String broken(long seed) {
        try {
            SimWorld world = new Simulation(seed, false).run();
            return world.violations.isEmpty() ? null : world.violations.get(0);
        } catch (IllegalStateException | NullPointerException e) {
            // A transition that is not allowed, or a record that is not there: found out where it happens.
            return "stopped by " + e;
        }
    }
}
