package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import java.util.List;
import java.util.Set;

/**
 * What a world that is explored is made of: two migrations and two processes.
 *
 * @param first the kind of the first migration; the second is plain
 * @param fails whether the action of the first migration fails
 * @param sameDeployment whether both processes run the same build
 * @param reverts whether all is applied in the beginning, and the second process reverts it
 * @param most what may go wrong on a road
 */
record SmallWorld(
        SimMigration.Kind first,
        boolean fails,
        boolean sameDeployment,
        boolean reverts,
        ExploredMoment.FaultBudget most) {

    List<SimMigration> migrations() {
        return List.of(
                new SimMigration(MigrationId.of("0001"), first),
                new SimMigration(MigrationId.of("0002"), SimMigration.Kind.PLAIN));
    }

    Set<Integer> failing() {
        return fails ? Set.of(0) : Set.of();
    }

    List<String> deployments() {
        return List.of("d1", sameDeployment ? "d1" : "d2");
    }

    boolean isReverting(int process) {
        return reverts && process == 1;
    }

    @Override
    public String toString() {
        return first + (fails ? ", fails" : "") + (sameDeployment ? "" : ", two deployments")
                + (reverts ? ", one reverts" : "") + ": " + most.crashes() + " crash, " + most.lostAnswers()
                + " lost answer, " + most.holdUps() + " hold-up";
    }
}
