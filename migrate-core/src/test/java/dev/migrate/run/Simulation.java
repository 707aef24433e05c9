package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Past;
import dev.migrate.ledger.Verdict;
import dev.migrate.store.Read;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One history, drawn from a seed. */
final class Simulation {

    private static final long HOUR = 3_600_000 * SimWorld.MILLI;

    final SimWorld world;
    private final List<SimMigration> migrations = new ArrayList<>();
    private final boolean deploymentKnown;
    private final Map<String, List<SimMigration>> builds = new HashMap<>();
    private int deployments = 1;
    private int stepsAtOnce;

    Simulation(long seed, boolean withTimeline) {
        this.world = new SimWorld(seed, withTimeline);
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
        int acts = world.chance.nextInt(8);
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
                world.violation("progress: somebody goes round in circles without waiting");
            }
        }
        world.now = until;
    }

    private SimProcess start(String deployment) {
        SimProcess process = new SimProcess(world, deployment, deploymentKnown, build(deployment));
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
        switch (world.chance.nextInt(8)) {
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
                if (process.alive()) {
                    process.pause((long) (world.chance.nextDouble() * 5 * SimWorld.LEASE));
                }
            }
            case 5, 6 -> operate();
            default -> deleteRegister();
        }
    }

    /** An operator looks at what is halted, makes sure that its owner is gone, and acts. */
    private void operate() {
        LedgerState state = SimLedger.state(world);
        Halted halted = state == null || state.running() != null ? null : state.halted();
        if (halted == null) {
            return;
        }
        MigrationId id = halted.id();
        world.processes.stream()
                .filter(p -> p.alive() && p.work != null && !p.work.ended())
                .forEach(SimProcess::crash);
        List<SimWorld.Execution> runs =
                world.executions.stream().filter(e -> e.id.equals(id)).toList();
        boolean byHand = halted.verdict() == Verdict.FAILED && world.chance.nextBoolean();
        boolean finished =
                byHand || !runs.isEmpty() && runs.get(runs.size() - 1).returned();
        if (SimLedger.receipt(world, id).isPresent()) {
            return;
        }
        Past.Act act = finished ? Past.Act.RESOLVE : Past.Act.RETRY;
        world.tell(null, "the operator says " + act + " " + id);
        world.count(finished ? SimWorld.Reached.OPERATOR_RESOLVE : SimWorld.Reached.OPERATOR_RETRY);
        world.allow(id, act);
        Instant at = Instant.EPOCH;
        if (finished) {
            SimLedger.putReceipt(world, id);
        }
        SimLedger.change(world, s -> finished ? s.resolve(id, at, null) : s.retry(id, at, null));
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
        if (quiet && world.objects.read("sim/ledger.json") instanceof Read.Found found) {
            world.tell(null, "the register is deleted");
            world.count(SimWorld.Reached.REGISTER_DELETED);
            world.objects.delete("sim/ledger.json", found.version());
        }
    }
}
