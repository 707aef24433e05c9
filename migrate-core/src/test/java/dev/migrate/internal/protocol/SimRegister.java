package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.testing.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges each change of the register of a simulated world. */
final class SimRegister {

    private final SimWorld world;
    private final SimHistory past;
    private final SimCheckpoints checkpoints;
    private @Nullable LedgerState looked;
    private final Set<MigrationId> applied = new HashSet<>();

    SimRegister(SimWorld world, SimHistory past, SimCheckpoints checkpoints) {
        this.world = world;
        this.past = past;
        this.checkpoints = checkpoints;
    }

    /** What the register last called applied. */
    Set<MigrationId> applied() {
        return applied;
    }

    LedgerState looked() {
        return Objects.requireNonNull(looked);
    }

    /** To be called after every event. */
    void look() {
        LedgerState state = SimLedger.state(world);
        if (state == null || state == looked) {
            return;
        }
        if (looked != null) {
            takenOver(looked, state);
        }
        checkpoints.changed(looked, state);
        looked = state;
        world.registerChangedAt = world.now;
        Set<MigrationId> now = new HashSet<>();
        state.applied().stream().map(AppliedMigration::id).forEach(now::add);
        for (MigrationId id : applied) {
            if (!now.contains(id) && !past.isReverted(id)) {
                world.violation(Promise.REGISTER, id + " was applied and no longer is");
            }
        }
        List<MigrationId> receipts = SimLedger.receipts(world).stream()
                .filter(id -> SimLedger.receipt(world, id)
                        .filter(done -> !state.isReverted(done))
                        .isPresent())
                .toList();
        for (MigrationId id : now) {
            if (!applied.contains(id) && !receipts.contains(id)) {
                world.violation(
                        Promise.RECEIPT_FIRST, "the register calls " + id + " applied before its receipt is there");
            }
        }
        applied.clear();
        applied.addAll(now);
        world.receiptSince.keySet().retainAll(receipts);
        receipts.forEach(id -> world.receiptSince.putIfAbsent(id, world.now));
    }

    /** A process that takes an owner for lost must have given it its lease. */
    private void takenOver(LedgerState before, LedgerState after) {
        RunningMigration running = before.running();
        if (running == null) {
            return;
        }
        boolean lost = Stream.concat(
                        after.attempts().stream().flatMap(entry -> entry.verdict().stream()),
                        Optional.ofNullable(after.halted()).stream())
                .anyMatch(halted -> halted.attempt().equals(running.attempt()) && isBySilence(halted));
        if (!lost) {
            return;
        }
        String owner = Objects.requireNonNull(running.attempt().owner()).host();
        world.takenOver.add(owner + "/" + running.id());
        if (world.now - world.registerChangedAt < SimWorld.LEASE) {
            world.violation(
                    Promise.LEASE,
                    running.attempt().displayName() + " is taken over though its owner wrote the register "
                            + (world.now - world.registerChangedAt) / SimWorld.MILLI + " ms ago");
        }
    }

    /** Whether another process wrote a verdict, because the owner sent no heartbeat. */
    static boolean isBySilence(BlockingVerdict halted) {
        return String.valueOf(halted.error()).contains("sent no heartbeat");
    }
}
