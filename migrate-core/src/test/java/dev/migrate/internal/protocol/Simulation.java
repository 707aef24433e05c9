package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.HistoryEntry;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.OperatorTransitions;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.store.ReadResult;
import dev.migrate.testing.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One history, drawn from a seed. */
final class Simulation {

    private static final long HOUR = 3_600_000 * SimWorld.MILLI;

    final SimWorld world;
    private final List<SimMigration> migrations = new ArrayList<>();
    /** What happens where much is reverted: new deployments, pauses, operators, and reverting. */
    private static final int[] REVERTING_ACTS = {1, 4, 4, 4, 5, 5, 5, 7, 7, 7, 7};

    /** Every so many histories one is about reverting, late owners of it, and operators. */
    static final int REVERTING_EVERY = 4;

    private final boolean reverting;
    private final boolean deploymentKnown;
    private final Map<String, List<SimMigration>> builds = new HashMap<>();
    private int deployments = 1;
    private int stepsAtOnce;

    Simulation(long seed, boolean withTimeline) {
        this.world = new SimWorld(seed, withTimeline);
        this.reverting = seed % REVERTING_EVERY == 0;
        this.deploymentKnown = world.chance.nextDouble() < 0.9;
        int count = 1 + world.chance.nextInt(6);
        SimMigration.Kind[] kinds = SimMigration.Kind.values();
        for (int i = 1; i <= count; i++) {
            migrations.add(new SimMigration(MigrationId.of("000" + i), kinds[world.chance.nextInt(kinds.length)]));
        }
    }

    SimWorld run() {
        int owners = 2 + world.chance.nextInt(7);
        for (int i = 0; i < owners; i++) {
            world.at(world.chance.nextInt(3_000) * SimWorld.MILLI, () -> start("d" + (1 + world.chance.nextInt(2))));
        }
        deployments = 2;
        int acts = reverting ? 8 + world.chance.nextInt(10) : world.chance.nextInt(8);
        for (int i = 0; i < acts; i++) {
            world.at((long) (world.chance.nextDouble() * HOUR / 4), this::happen);
        }
        world.at(HOUR / 3, () -> world.faults = false);
        play(HOUR / 2);
        // A last start, of the newest deployment, after all faults are over.
        SimProcess last = start("d" + deployments);
        play(HOUR);
        world.checker.end(last);
        return world;
    }

    private void play(long until) {
        while (!world.events.isEmpty() && world.events.peek().at() <= until && world.violations.isEmpty()) {
            long before = world.now;
            if (world.step()) {
                world.checker.look();
            }
            stepsAtOnce = world.now == before ? stepsAtOnce + 1 : 0;
            if (stepsAtOnce > 10_000) {
                world.violation(Promise.PROGRESS, "somebody goes round in circles without waiting");
            }
        }
        world.now = until;
    }

    private SimProcess start(String deployment) {
        return start(deployment, null);
    }

    private SimProcess start(String deployment, @Nullable RevertTarget reverts) {
        SimProcess process = new SimProcess(world, deployment, deploymentKnown, build(deployment), reverts);
        world.processes.add(process);
        return process;
    }

    /** What a deployment brings: now and then one lacks a class that another has. */
    private List<SimMigration> build(String deployment) {
        return builds.computeIfAbsent(deployment, name -> {
            List<SimMigration> build = new ArrayList<>(migrations);
            if (build.size() > 1 && world.maybe(0.2)) {
                SimMigration unused = build.remove(world.chance.nextInt(build.size()));
            }
            return build;
        });
    }

    private void happen() {
        if (world.processes.isEmpty()) {
            return;
        }
        SimProcess process = world.processes.get(world.chance.nextInt(world.processes.size()));
        switch (reverting ? REVERTING_ACTS[world.chance.nextInt(REVERTING_ACTS.length)] : world.chance.nextInt(11)) {
            case 0 -> {
                if (process.alive()) {
                    process.crash();
                }
                world.count(SimWorld.Reached.RESTART_SAME);
                SimProcess unused = start(process.deployment);
            }
            case 1, 2 -> {
                world.count(SimWorld.Reached.RESTART_NEW);
                SimProcess unused = start("d" + ++deployments);
            }
            case 3 -> {
                if (process.alive()) {
                    process.stop();
                }
            }
            case 4 -> {
                process = reverting ? owner().orElse(process) : process;
                if (process.alive()) {
                    process.pause((long) (world.chance.nextDouble() * 5 * SimWorld.LEASE));
                }
            }
            case 5, 6 -> operate();
            case 7, 8 -> {
                SimProcess unused = start("d" + deployments, target());
            }
            case 9 -> stamp();
            default -> deleteRegister();
        }
    }

    private Optional<SimProcess> owner() {
        return world.processes.stream()
                .filter(p -> p.alive() && p.work != null && !p.work.ended())
                .findFirst();
    }

    private RevertTarget target() {
        return switch (world.chance.nextInt(3)) {
            case 0 -> RevertTarget.all();
            case 1 -> RevertTarget.last();
            default ->
                RevertTarget.to(
                        migrations.get(world.chance.nextInt(migrations.size())).id());
        };
    }

    /** An operator says that what is next counts as applied; it has never run. */
    private void stamp() {
        LedgerState state = SimLedger.state(world);
        if (state == null || state.running() != null || state.halted() != null) {
            return;
        }
        MigrationId next = migrations.stream()
                .map(SimMigration::id)
                .filter(id -> state.applied(id).isEmpty())
                .findFirst()
                .orElse(null);
        if (next == null || world.executions.stream().anyMatch(e -> e.id.equals(next))) {
            return;
        }
        world.tell(null, "the operator stamps " + next);
        world.count(SimWorld.Reached.OPERATOR_STAMP);
        Attempt stamped = new Attempt(next, "M" + next, 1, "s" + world.orders++, null, null, null, false, Map.of());
        SimLedger.change(world, s -> new OperatorTransitions(Instant.EPOCH, null, null).stamp(s, stamped));
        SimLedger.putReceipt(world, next);
    }

    /** An operator looks at what is halted, makes sure that its owner is gone, and acts. */
    private void operate() {
        LedgerState state = SimLedger.state(world);
        BlockingVerdict halted = state == null || state.running() != null ? null : state.halted();
        if (halted == null) {
            return;
        }
        MigrationId id = halted.id();
        world.processes.stream()
                .filter(p -> p.alive() && p.work != null && !p.work.ended())
                .forEach(SimProcess::crash);
        boolean reverts = halted.attempt().isRevert();
        List<SimWorld.Execution> runs = world.executions.stream()
                .filter(e -> e.id.equals(id) && e.reverts == reverts)
                .toList();
        boolean byHand = halted.outcome() == Outcome.FAILED && world.chance.nextBoolean();
        boolean finished =
                byHand || !runs.isEmpty() && runs.get(runs.size() - 1).returned();
        if (SimLedger.receipt(world, id).isPresent() != reverts) {
            return; // the ledger settles it by itself
        }
        HistoryEntry.OperatorAction act =
                finished ? HistoryEntry.OperatorAction.RESOLVE : HistoryEntry.OperatorAction.RETRY;
        world.tell(null, "the operator says " + act + (reverts ? " of reverting " : " ") + id);
        world.count(finished ? SimWorld.Reached.OPERATOR_RESOLVE : SimWorld.Reached.OPERATOR_RETRY);
        world.allow(id, reverts, act);
        Instant at = Instant.EPOCH;
        OperatorTransitions acts = new OperatorTransitions(at, null, null);
        SimLedger.change(world, s -> finished ? acts.resolve(s, id) : acts.retry(s, id));
        if (finished && reverts) {
            SimLedger.deleteReceipt(world, id);
        } else if (finished) {
            SimLedger.putReceipt(world, id);
        }
    }

    /** Deleted while nothing runs, is halted or is under way; at another moment nothing is promised. */
    private void deleteRegister() {
        LedgerState state = SimLedger.state(world);
        boolean quiet = world.underWay == 0
                && state != null
                && state.running() == null
                && state.halted() == null
                && state.attempts().isEmpty()
                && world.processes.stream().noneMatch(SimProcess::alive);
        if (quiet && world.objects.read("sim/ledger.json") instanceof ReadResult.Found found) {
            world.tell(null, "the register is deleted");
            world.count(SimWorld.Reached.REGISTER_DELETED);
            world.objects.delete("sim/ledger.json", found.version());
        }
    }
}
