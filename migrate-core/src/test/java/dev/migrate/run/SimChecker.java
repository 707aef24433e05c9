package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges a history by what really ran and by what the store holds; it knows nothing of how the protocol works. */
final class SimChecker {

    private final SimWorld world;
    private @Nullable LedgerState looked;
    private final Set<MigrationId> everApplied = new HashSet<>();

    SimChecker(SimWorld world) {
        this.world = world;
    }

    /** G1 and G3, at the moment when an action starts. */
    void started(SimWorld.Execution start) {
        look();
        if (!start.claimStood) {
            world.violation("G1: " + start + " starts without a claim in the ledger");
        }
        List<SimWorld.Execution> before =
                world.executions.stream().filter(e -> e.id.equals(start.id)).toList();
        if (!before.isEmpty()) {
            world.count(SimWorld.Reached.RETRIED);
            SimWorld.Execution last = before.get(before.size() - 1);
            boolean failedElsewhere = last.threw != null
                    && before.stream()
                            .filter(e -> e.threw != null && e.startedAt >= world.allowedAt.getOrDefault(e.id, 0L))
                            .noneMatch(e -> e.deployment.equals(start.deployment));
            boolean laterStart = last.threw != null
                    && !start.process.deploymentKnown
                    && start.process.openedAt > Objects.requireNonNull(last.endedAt);
            boolean leave = world.allowed.remove(start.id);
            if (!start.restartable && !(start.process.deploymentKnown ? failedElsewhere : laterStart) && !leave) {
                world.violation("G1: " + start + " starts again without leave, after " + last);
            }
        }
        if (start.process.ahead >= SimWorld.LEASE) {
            world.violation("G1: " + start + " starts after its lease has run out by its own clock");
        }
        if (start.process.stopping) {
            world.violation("G3: " + start + " starts in a process that was told to end");
        }
        Long since = world.receiptSince.get(start.id);
        if (since != null && start.startedAt - since > 10 * SimWorld.LEASE) {
            world.violation("G1: " + start + " starts although its receipt was there long before");
        }
        for (SimWorld.Execution other : world.executions) {
            boolean runs = other.endedAt == null && other.process.alive();
            if (runs && !world.takenOver.contains(other.process.name + "/" + other.id)) {
                world.violation("G3: " + start + " starts beside " + other + ", whose claim nobody took over");
            }
        }
        for (SimMigration migration : start.process.migrations) {
            if (migration.id().compareTo(start.id) < 0
                    && SimLedger.receipt(world, migration.id()).isEmpty()) {
                world.violation("G3: " + start + " starts before " + migration.id() + " is applied");
            }
        }
    }

    /** G2, after every event. */
    void look() {
        LedgerState state = SimLedger.state(world);
        if (state == null || state == looked) {
            return;
        }
        if (looked != null) {
            takenOver(looked, state);
        }
        looked = state;
        world.registerChangedAt = world.now;
        Set<MigrationId> applied = new HashSet<>();
        state.applied().stream().map(Applied::id).forEach(applied::add);
        for (MigrationId id : everApplied) {
            if (!applied.contains(id)) {
                world.violation("G2: " + id + " was applied and no longer is");
            }
        }
        everApplied.addAll(applied);
        for (MigrationId id : SimLedger.receipts(world)) {
            world.receiptSince.putIfAbsent(id, world.now);
        }
    }

    /** What must be true when the faults have ended and everybody has had time. */
    void end(SimProcess last) {
        LedgerState state = SimLedger.state(world);
        if (state == null) {
            world.violation("the register is not there in the end");
            return;
        }
        for (MigrationId id : SimLedger.receipts(world)) {
            // What a build has no class for it leaves as it is; it counts as soon as the class is back.
            boolean known = last.migrations.stream().anyMatch(m -> m.id().equals(id));
            if (known
                    && last.state == SimProcess.State.SERVING
                    && state.applied(id).isEmpty()) {
                world.violation("G2: the receipt of " + id + " is not in the register in the end");
            }
        }
        for (MigrationId id : everApplied) {
            boolean resolved = state.attempts().stream()
                    .anyMatch(past -> past.id().equals(id) && past.what().equals("RESOLVE"));
            if (SimLedger.receipt(world, id).isEmpty()) {
                world.violation("G2: " + id + " is applied without a receipt");
            }
            boolean returned = world.executions.stream().anyMatch(e -> e.id.equals(id) && e.returned());
            if (!returned && !resolved) {
                world.violation("G2: " + id + " is applied though no action of it ever returned");
            }
        }
        for (SimProcess process : world.processes) {
            if (process.alive() && !halted(state, process)) {
                world.violation("progress: " + process.name + " neither serves nor is blocked for a reason that holds: "
                        + process.block);
            }
        }
    }

    /** Whoever takes an owner for lost must have given it its lease. */
    private void takenOver(LedgerState before, LedgerState after) {
        Running running = before.running();
        if (running == null) {
            return;
        }
        boolean lost = Stream.concat(
                        after.attempts().stream().flatMap(past -> past.verdict().stream()),
                        Optional.ofNullable(after.halted()).stream())
                .anyMatch(halted -> halted.attempt().equals(running.attempt())
                        && String.valueOf(halted.error()).contains("not heard of"));
        if (!lost) {
            return;
        }
        String owner = Objects.requireNonNull(running.attempt().owner()).host();
        world.takenOver.add(owner + "/" + running.id());
        if (world.now - world.registerChangedAt < SimWorld.LEASE) {
            world.violation("G5: " + running.attempt().title() + " is taken over though its owner wrote the register "
                    + (world.now - world.registerChangedAt) / SimWorld.MILLI + " ms ago");
        }
    }

    private boolean halted(LedgerState state, SimProcess process) {
        Block block = process.block;
        Halted halted = block == null ? null : block.halted();
        if (halted == null || !state.verdict(halted.id()).equals(Optional.of(halted))) {
            return false;
        }
        if (halted.verdict() == Verdict.INTERRUPTED
                && SimLedger.receipt(world, halted.id()).isPresent()) {
            return false;
        }
        boolean restartable = process.migrations.stream().anyMatch(m -> m.id().equals(halted.id()) && m.restartable());
        return halted.verdict() == Verdict.FAILED || !restartable;
    }
}
