package dev.migrate.internal.protocol;

import dev.migrate.listener.AppliedMigration;
import dev.migrate.testing.Promise;
import java.util.List;
import java.util.Objects;

/** Judges the moment at which an action of a simulated world starts. */
final class SimStarts {

    private final SimWorld world;
    private final SimHistory past;
    private final SimRegister register;

    SimStarts(SimWorld world, SimHistory past, SimRegister register) {
        this.world = world;
        this.past = past;
        this.register = register;
    }

    void judge(SimWorld.Execution start) {
        if (!start.claimStood) {
            world.violation(Promise.CLAIM, start + " starts without its claim in the ledger");
        }
        if (start.reverts) {
            revertStarted(start);
        } else {
            migrationStarted(start);
        }
        if (start.process.ahead >= SimWorld.LEASE) {
            world.violation(Promise.DEADLINE, start + " starts after its lease has run out by its own clock");
        }
        if (start.process.stopping) {
            world.violation(Promise.SHUTDOWN, start + " starts in a process that is shutting down");
        }
        for (SimWorld.Execution other : world.executions) {
            boolean runs = other.endedAt == null && other.process.alive();
            if (runs && !world.takenOver.contains(other.process.name + "/" + other.id)) {
                world.violation(Promise.ALONE, start + " starts beside " + other + ", whose claim nobody took over");
            }
        }
    }

    private void revertStarted(SimWorld.Execution start) {
        if (register.looked().applied(start.id).isEmpty()) {
            world.violation(Promise.REVERT, start + " starts though it is not applied");
        }
        List<SimWorld.Execution> before =
                past.sinceReverted(start.id).stream().filter(e -> e.reverts).toList();
        boolean leave = world.revertAllowed.remove(start.id);
        if (!before.isEmpty() && before.get(before.size() - 1).threw == null && !leave) {
            world.violation(
                    Promise.RESTART,
                    start + " starts again without permission, after " + before.get(before.size() - 1));
        }
        for (AppliedMigration applied : register.looked().applied()) {
            if (applied.id().compareTo(start.id) > 0) {
                world.violation(Promise.REVERT, start + " starts before " + applied.id() + " is reverted");
            }
        }
    }

    private void migrationStarted(SimWorld.Execution start) {
        List<SimWorld.Execution> before = past.sinceReverted(start.id);
        before.stream().filter(e -> e.reverts).findFirst().ifPresent(half -> {
            world.violation(Promise.RESTART, start + " starts though it was partly reverted, by " + half);
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
                world.violation(Promise.RESTART, start + " starts again without permission, after " + last);
            }
        }
        Long since = world.receiptSince.get(start.id);
        if (since != null && start.startedAt - since > 10 * SimWorld.LEASE) {
            world.violation(Promise.RESTART, start + " starts although its receipt was there long before");
        }
        for (SimMigration migration : start.process.migrations) {
            if (migration.id().compareTo(start.id) < 0
                    && SimLedger.receipt(world, migration.id()).isEmpty()) {
                world.violation(Promise.ORDER, start + " starts before " + migration.id() + " is applied");
            }
        }
    }
}
