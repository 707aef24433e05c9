package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.testing.Promise;
import java.util.Optional;

/** Judges the end of a history: the faults are over, and everybody has had time. */
final class SimEnding {

    private final SimWorld world;
    private final SimHistory past;
    private final SimRegister register;
    private final SimOwners owners;

    SimEnding(SimWorld world, SimHistory past, SimRegister register, SimOwners owners) {
        this.world = world;
        this.past = past;
        this.register = register;
        this.owners = owners;
    }

    /** What must be true when the faults have ended and everybody has had time. */
    void judge(SimProcess last) {
        LedgerState state = SimLedger.state(world);
        if (state == null) {
            world.violation(Promise.REGISTER, "the register is not there in the end");
            return;
        }
        for (MigrationId id : SimLedger.receipts(world)) {
            // What a build has no class for it leaves as it is; it counts as soon as the class is back.
            boolean known = last.migrations.stream().anyMatch(m -> m.id().equals(id));
            if (known
                    && last.state == SimProcess.State.SERVING
                    && state.applied(id).isEmpty()) {
                world.violation(Promise.RECEIPT, "the receipt of " + id + " is not in the register in the end");
            }
        }
        for (MigrationId id : register.applied()) {
            boolean resolved = state.attempts().stream()
                    .anyMatch(entry -> entry.id().equals(id)
                            && (entry.type().equals("RESOLVE") || entry.type().equals("STAMP")));
            boolean returned = past.sinceReverted(id).stream().anyMatch(e -> !e.reverts && e.returned());
            // It was reverted, and its owner died before it could say so: a verdict leaves that to a person.
            boolean undecided = state.verdict(id)
                    .filter(verdict -> verdict.attempt().isRevert())
                    .isPresent();
            if (SimLedger.receipt(world, id).isEmpty() && !undecided) {
                world.violation(Promise.RECEIPT, id + " is applied without a receipt");
            }
            if (!returned && !resolved && !undecided) {
                world.violation(Promise.RECEIPT, id + " is applied though no action of it ever returned");
            }
        }
        for (SimMigration migration : last.migrations) {
            if (last.state == SimProcess.State.SERVING && SimOwners.isPartlyReverted(state, migration)) {
                world.violation(
                        Promise.SERVING, last.name + " serves though " + migration.id() + " was partly reverted");
            }
        }
        for (SimProcess process : world.processes) {
            if (process.alive()) {
                owners.goesOn(process);
            }
            if (process.alive() && !halted(state, process)) {
                world.violation(
                        Promise.PROGRESS,
                        process.name + " neither serves nor is blocked for a reason that holds: " + process.block);
            }
        }
    }

    private boolean halted(LedgerState state, SimProcess process) {
        BlockedStart block = process.block;
        BlockingVerdict halted = block == null ? null : block.verdict();
        if (halted == null || !state.verdict(halted.id()).equals(Optional.of(halted))) {
            return false;
        }
        // A late owner mends the verdict while it stands; not when a build without the class has gone past it.
        if (halted.outcome() == Outcome.INTERRUPTED && halted.equals(state.halted()) && saysHowItEnded(halted)) {
            return false;
        }
        if (halted.attempt().isRevert()) {
            return SimLedger.receipt(world, halted.id()).isPresent();
        }
        if (halted.outcome() == Outcome.INTERRUPTED
                && SimLedger.receipt(world, halted.id())
                        .filter(done -> !state.isReverted(done))
                        .isPresent()) {
            return false;
        }
        boolean restartable = process.migrations.stream().anyMatch(m -> m.id().equals(halted.id()) && m.restartable());
        return halted.outcome() == Outcome.FAILED || !restartable;
    }

    /** Whether the owner of an attempt is alive and knows that it failed: then nobody else's word on it may stand. */
    private boolean saysHowItEnded(BlockingVerdict halted) {
        return world.executions.stream()
                .filter(e -> halted.attempt().hasToken(e.token) && e.process.alive() && !e.process.stopping)
                .anyMatch(e -> e.threw instanceof IllegalStateException);
    }
}
