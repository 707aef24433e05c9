package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.testing.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges what becomes of the checkpoints of a simulated world. The checkpoints of a migration are numbers that grow. */
final class SimCheckpoints {

    /** A second, and what it takes to write. */
    private static final long IN_TIME = 1_500 * SimWorld.MILLI;
    /** How long a process may be occupied by a fault after it is over. */
    private static final long AFTER_A_FAULT = 11_000 * SimWorld.MILLI;

    private final SimWorld world;
    /** The last checkpoint that the register held of each migration since it was last reverted. */
    private final Map<MigrationId, Integer> held = new HashMap<>();

    SimCheckpoints(SimWorld world) {
        this.world = world;
    }

    void changed(@Nullable LedgerState before, LedgerState now) {
        for (AppliedMigration was : before == null ? now.applied() : before.applied()) {
            if (now.applied(was.id()).isEmpty()) {
                held.remove(was.id());
            }
        }
        RunningMigration running = now.running();
        if (running != null) {
            lease(running.id(), running.checkpoint());
        }
        BlockingVerdict halted = now.halted();
        if (halted != null) {
            lease(halted.id(), halted.checkpoint());
            if (before == null || !halted.equals(before.halted())) {
                verdict(halted);
            }
        }
    }

    private void lease(MigrationId id, @Nullable String checkpoint) {
        held.merge(id, number(checkpoint), Math::max);
    }

    void started(SimWorld.Execution start) {
        int last = held.getOrDefault(start.id, 0);
        if (start.resumable && start.from < last) {
            world.violation(
                    Promise.CHECKPOINT, start + " starts from " + start.from + " though the register held " + last);
        }
    }

    /** An undisturbed owner has a second to write a checkpoint. */
    void saved(SimWorld.Execution of) {
        long savedAt = world.now;
        int saved = of.from + of.saves.size();
        world.at(savedAt + IN_TIME, () -> {
            LedgerState state = SimLedger.state(world);
            RunningMigration running = state == null ? null : state.running();
            boolean disturbed = of.process.troubledUntil + AFTER_A_FAULT > savedAt || !of.process.alive();
            if (!disturbed
                    && of.endedAt == null
                    && running != null
                    && running.attempt().hasToken(of.token)
                    && number(running.checkpoint()) < saved) {
                world.violation(
                        Promise.CHECKPOINT_IN_TIME,
                        of + " saved " + saved + " at " + savedAt / SimWorld.MILLI + ", and the register has "
                                + running.checkpoint());
            }
        });
    }

    /** The owner's own verdict names the last checkpoint of its action. */
    private void verdict(BlockingVerdict halted) {
        Optional<SimWorld.Execution> of = SimRegister.isBySilence(halted) ? Optional.empty() : execution(halted);
        of.filter(e -> e.resumable && number(halted.checkpoint()) < e.from + e.saves.size())
                .ifPresent(e -> world.violation(
                        Promise.LAST_CHECKPOINT,
                        e + " saved " + (e.from + e.saves.size()) + ", and its verdict has " + halted.checkpoint()));
    }

    private Optional<SimWorld.Execution> execution(BlockingVerdict halted) {
        return world.executions.stream()
                .filter(e -> halted.attempt().hasToken(e.token))
                .findFirst();
    }

    /** A process that shuts down leaves an action behind that goes on: its checkpoint is in its claim. */
    void shutDown(SimProcess process) {
        SimExecution work = process.work;
        LedgerState state = SimLedger.state(world);
        RunningMigration running = state == null ? null : state.running();
        if (work == null
                || work.ended()
                || running == null
                || !running.attempt().hasToken(work.execution.token)) {
            return;
        }
        SimWorld.Execution left = work.execution;
        int saved = left.from
                + (int) left.saves.stream()
                        .filter(at -> at < process.leavesAt())
                        .count();
        if (left.resumable && number(running.checkpoint()) < saved) {
            world.violation(
                    Promise.LAST_CHECKPOINT,
                    left + " saved " + saved + " before it was left behind, and its claim has " + running.checkpoint());
        }
    }

    static int number(@Nullable String checkpoint) {
        return checkpoint == null ? 0 : Integer.parseInt(Objects.requireNonNull(checkpoint));
    }
}
