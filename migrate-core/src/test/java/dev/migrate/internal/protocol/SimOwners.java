package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.testing.Promise;

/** Judges what a process of a simulated world leaves behind when it goes on to something else. */
final class SimOwners {

    private final SimWorld world;
    private final SimHistory past;

    SimOwners(SimWorld world, SimHistory past) {
        this.world = world;
        this.past = past;
    }

    /** The process starts another action, serves, is blocked, or ends: the actions before are settled. */
    void goesOn(SimProcess process) {
        for (SimWorld.Execution run : world.executions) {
            // What was left behind and ended all the same is the next owner's to settle.
            if (run.process != process
                    || run.endedAt == null
                    || run.killed
                    || run.restartable && run.endedAt >= process.leavesAt()) {
                continue;
            }
            boolean receipt = SimLedger.receipt(world, run.id).isPresent();
            if (run.returned() && !run.reverts && !receipt && !past.isDecidedSince(run)) {
                world.violation(Promise.LATE_OWNER, run + " has no receipt, and its process goes on");
            }
            boolean decided = run.reverts && past.isDecidedSince(run);
            if (!process.reported.contains(run.token) && !decided) {
                world.violation(Promise.REPORT, run + " ended, and its process does not report how");
            }
        }
    }

    /** What a process serves on is the register as it last saw it: what others revert later is not its to know. */
    void serves(SimProcess process) {
        goesOn(process);
        LedgerState state = process.seen;
        for (SimMigration migration : process.migrations) {
            if (state == null || state.applied(migration.id()).isEmpty()) {
                world.violation(Promise.SERVING, process.name + " serves before " + migration.id() + " is applied");
            } else if (isPartlyReverted(state, migration)) {
                world.violation(
                        Promise.SERVING, process.name + " serves though " + migration.id() + " is partly reverted");
            }
        }
    }

    static boolean isPartlyReverted(LedgerState state, SimMigration migration) {
        boolean runs = state.running() != null
                && state.running().attempt().isRevert()
                && state.running().id().equals(migration.id());
        return runs
                || state.verdict(migration.id())
                        .filter(verdict -> verdict.attempt().isRevert())
                        .isPresent();
    }
}
