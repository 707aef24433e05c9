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
        if (start.reverts) {
            revertStarted(start);
        } else {
            migrationStarted(start);
        }
        if (start.process.ahead >= SimWorld.LEASE) {
            world.violation("G1: " + start + " starts after its lease has run out by its own clock");
        }
        if (start.process.stopping) {
            world.violation("G3: " + start + " starts in a process that was told to end");
        }
        for (SimWorld.Execution other : world.executions) {
            boolean runs = other.endedAt == null && other.process.alive();
            if (runs && !world.takenOver.contains(other.process.name + "/" + other.id)) {
                world.violation("G3: " + start + " starts beside " + other + ", whose claim nobody took over");
            }
        }
    }

    /** What ran of a migration, both ways, since it was last undone. */
    private List<SimWorld.Execution> sinceUndone(MigrationId id) {
        long byHand = world.undoneByHand.getOrDefault(id, -1L);
        List<SimWorld.Execution> runs =
                world.executions.stream().filter(e -> e.id.equals(id)).toList();
        int from = 0;
        for (int i = 0; i < runs.size(); i++) {
            SimWorld.Execution run = runs.get(i);
            if (run.startedAt <= byHand || run.reverts && run.returned()) {
                from = i + 1;
            }
        }
        return runs.subList(from, runs.size());
    }

    private void revertStarted(SimWorld.Execution start) {
        LedgerState state = Objects.requireNonNull(looked);
        if (state.applied(start.id).isEmpty()) {
            world.violation("G1: " + start + " starts though it is not applied");
        }
        List<SimWorld.Execution> before =
                sinceUndone(start.id).stream().filter(e -> e.reverts).toList();
        boolean leave = world.revertAllowed.remove(start.id);
        if (!before.isEmpty() && before.get(before.size() - 1).threw == null && !leave) {
            world.violation("G1: " + start + " starts again without leave, after " + before.get(before.size() - 1));
        }
        for (Applied applied : state.applied()) {
            if (applied.id().compareTo(start.id) > 0) {
                world.violation("G3: " + start + " starts before " + applied.id() + " is undone");
            }
        }
    }

    private void migrationStarted(SimWorld.Execution start) {
        List<SimWorld.Execution> before = sinceUndone(start.id);
        before.stream().filter(e -> e.reverts).findFirst().ifPresent(half -> {
            world.violation("G1: " + start + " starts though it was undone in part, by " + half);
        });
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
        Long since = world.receiptSince.get(start.id);
        if (since != null && start.startedAt - since > 10 * SimWorld.LEASE) {
            world.violation("G1: " + start + " starts although its receipt was there long before");
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
            if (!applied.contains(id) && !undone(id)) {
                world.violation("G2: " + id + " was applied and no longer is");
            }
        }
        everApplied.clear();
        everApplied.addAll(applied);
        List<MigrationId> receipts = SimLedger.receipts(world).stream()
                .filter(id -> !undone(id)
                        || SimLedger.receipt(world, id).filter(state::isUndone).isEmpty())
                .toList();
        world.receiptSince.keySet().retainAll(receipts);
        receipts.forEach(id -> world.receiptSince.putIfAbsent(id, world.now));
    }

    /** Whether the last that happened to a migration is that it was undone. */
    private boolean undone(MigrationId id) {
        return world.executions.stream().anyMatch(e -> e.id.equals(id) && e.reverts && e.returned())
                || world.undoneByHand.containsKey(id);
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
                    .anyMatch(past -> past.id().equals(id)
                            && (past.what().equals("RESOLVE") || past.what().equals("STAMP")));
            boolean returned = sinceUndone(id).stream().anyMatch(e -> !e.reverts && e.returned());
            // It was undone, and its owner died before it could say so: a verdict leaves that to a person.
            boolean undecided = state.verdict(id)
                    .filter(verdict -> verdict.attempt().reverts())
                    .isPresent();
            if (SimLedger.receipt(world, id).isEmpty() && !undecided) {
                world.violation("G2: " + id + " is applied without a receipt");
            }
            if (!returned && !resolved && !undecided) {
                world.violation("G2: " + id + " is applied though no action of it ever returned");
            }
        }
        for (SimMigration migration : last.migrations) {
            state.verdict(migration.id())
                    .filter(verdict -> verdict.attempt().reverts() && last.state == SimProcess.State.SERVING)
                    .ifPresent(verdict -> world.violation(
                            "G3: " + last.name + " serves though " + verdict.id() + " was undone in part"));
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
        if (halted.attempt().reverts()) {
            return SimLedger.receipt(world, halted.id()).isPresent();
        }
        if (halted.verdict() == Verdict.INTERRUPTED
                && SimLedger.receipt(world, halted.id())
                        .filter(done -> !state.isUndone(done))
                        .isPresent()) {
            return false;
        }
        boolean restartable = process.migrations.stream().anyMatch(m -> m.id().equals(halted.id()) && m.restartable());
        return halted.verdict() == Verdict.FAILED || !restartable;
    }
}
