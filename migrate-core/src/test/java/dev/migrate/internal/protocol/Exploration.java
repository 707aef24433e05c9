package dev.migrate.internal.protocol;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.ledger.RegisterRepository;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.plan.CommandRefusedException;
import dev.migrate.internal.protocol.ExploredMoment.FaultBudget;
import dev.migrate.internal.protocol.ExploredMoment.Process;
import dev.migrate.internal.protocol.ExploredMoment.Run;
import dev.migrate.internal.protocol.ExploredMoment.Status;
import dev.migrate.internal.protocol.ExploredMoment.World;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.listener.MigrationReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Takes every road of a small world: in each state every process may take its next step, crash, have its answer lost, or
 * be held up for longer than a lease, as long as the world's share of misfortune lasts. Since a step holds no state that
 * changes, a state is copied by copying references, and each road starts from the same place.
 */
final class Exploration {

    static final EnvironmentName ENVIRONMENT = new EnvironmentName("x");
    static final String REGISTER = RegisterRepository.key(ENVIRONMENT);
    static final Duration LEASE = Duration.ofSeconds(6);
    private static final long HELD_UP = 3 * LEASE.toNanos();
    /** By then everybody serves or is blocked, whatever went wrong. */
    private static final long LATEST = 50 * LEASE.toNanos();

    private final SmallWorld small;
    private final ExplorationJudge judge;
    private final ExplorationMoment moment;
    private final Deque<World> open = new ArrayDeque<>();
    private final VisitedStates visited = new VisitedStates();
    final Map<String, Long> ends = new TreeMap<>();
    long transitions;
    /** Whether a step that fails with an exception just ends its road, as in a mutant. */
    private boolean failing;

    /**
     * @param enough which violations are looked for
     */
    Exploration(SmallWorld small, Predicate<String> enough) {
        this.small = small;
        this.judge = new ExplorationJudge(small, enough);
        this.moment = new ExplorationMoment(judge);
    }

    long states() {
        return visited.size();
    }

    void endRoadsThatFail() {
        failing = true;
    }

    List<String> violations() {
        return judge.violations();
    }

    /**
     * Takes the roads until there is none left, or until one is found that breaks a promise.
     *
     * @param states how many states are enough
     */
    void explore(int states) {
        ExplorationProcesses all = new ExplorationProcesses(small, moment, judge);
        List<Run> before = small.reverts() ? all.applyAll() : List.of();
        List<Process> processes = new ArrayList<>();
        for (int p = 0; p < small.deployments().size(); p++) {
            processes.add(new Process(all.start(p), 0, 0, Status.ALIVE, "", 0, 0));
        }
        push(new World(0, moment.objects, 0, processes, before, small.most()));
        while (!open.isEmpty() && visited.size() < states && violations().isEmpty()) {
            expand(open.pop());
        }
    }

    private void push(World world) {
        StringBuilder key = new StringBuilder().append(world.now()).append('/').append(world.changedAt());
        world.objects().forEach((name, found) -> key.append(name).append(found.version()));
        world.processes().forEach(p -> key.append('|')
                .append(p.past())
                .append(p.status())
                .append(p.wakeAt())
                .append(p.heldUntil()));
        key.append(world.runs()).append(world.left());
        if (visited.add(VisitedStates.hash(key))) {
            open.push(world);
        }
    }

    private void expand(World world) {
        boolean moved = false;
        for (int p = 0; p < world.processes().size(); p++) {
            Process process = world.processes().get(p);
            if (!process.status().goesOn()) {
                continue;
            }
            boolean held = process.heldUntil() > world.now();
            FaultBudget left = world.left();
            if (left.crashes() > 0) {
                push(crashed(world, p));
            }
            if (!held && left.holdUps() > 0) {
                FaultBudget less = new FaultBudget(left.crashes(), left.lostAnswers(), left.holdUps() - 1);
                Process later = new Process(
                        process.step(),
                        process.wakeAt(),
                        world.now() + HELD_UP,
                        process.status(),
                        process.past(),
                        process.texts(),
                        process.wroteAt());
                push(world.with(p, later, less));
            }
            if (!held && process.wakeAt() <= world.now() || !held && wakes(world, p)) {
                moved = true;
                take(world, p, false);
                if (process.step() instanceof Step.StoreCall && left.lostAnswers() > 0) {
                    take(world, p, true);
                }
            }
        }
        if (!moved) {
            passTime(world);
        }
    }

    private boolean wakes(World world, int p) {
        moment.enter(world, p);
        return world.processes().get(p).step() instanceof Step.Wait<MigrationReport> pause
                && pause.condition().getAsBoolean();
    }

    private World crashed(World world, int p) {
        Process was = world.processes().get(p);
        FaultBudget left = world.left();
        FaultBudget less = new FaultBudget(left.crashes() - 1, left.lostAnswers(), left.holdUps());
        List<Run> after = world.runs().stream()
                .map(run -> run.process() == p && !run.ended() ? run.ends(Run.End.KILLED) : run)
                .toList();
        return world.with(after).with(p, new Process(was.step(), 0, 0, Status.DEAD, "dead", 0, was.wroteAt()), less);
    }

    /** Nobody can move: the next moment at which somebody can. */
    private void passTime(World world) {
        judge.rests(world);
        long next = Long.MAX_VALUE;
        boolean onlyBlocked = true;
        for (int p = 0; p < world.processes().size(); p++) {
            Process process = world.processes().get(p);
            if (process.status().goesOn()) {
                onlyBlocked &= process.status() == Status.BLOCKED && process.heldUntil() <= world.now();
                next = Math.min(next, Math.max(process.wakeAt(), process.heldUntil()));
                next = process.heldUntil() > world.now() ? Math.min(next, process.heldUntil()) : next;
            }
        }
        for (Run run : world.runs()) {
            if (!run.ended() && run.until() > world.now()) {
                onlyBlocked = false;
                next = Math.min(next, run.until());
            }
        }
        // Whoever is blocked has looked again since anything changed.
        boolean quiet = world.now() - world.changedAt() > HELD_UP;
        if (next == Long.MAX_VALUE || (onlyBlocked && quiet)) {
            end(world);
            return;
        }
        long then = Math.max(next, world.now() + 1);
        if (then > LATEST) {
            judge.lasts();
            return;
        }
        List<Run> after = world.runs().stream()
                .map(run -> !run.ended()
                                && run.until() <= then
                                && world.processes().get(run.process()).heldUntil() <= then
                        ? run.ends(small.failing().contains(run.migration()) ? Run.End.THREW : Run.End.RETURNED)
                        : run)
                .toList();
        push(new World(then, world.objects(), world.changedAt(), world.processes(), after, world.left()));
    }

    private void end(World world) {
        judge.end(world);
        String how = world.processes().stream()
                .map(Process::status)
                .sorted()
                .toList()
                .toString();
        ends.merge(how, 1L, Long::sum);
    }

    private void take(World world, int p, boolean lose) {
        moment.enter(world, p);
        moment.loseAnswer = lose;
        transitions++;
        Process was = world.processes().get(p);
        Step<MigrationReport> next = was.step();
        boolean checksReceipts = was.status() == Status.BLOCKED;
        boolean refused = false;
        try {
            next = was.step() instanceof Step.StoreCall<MigrationReport> call
                    ? call.operation().apply(new ExplorationStore(moment))
                    : ((Step.Wait<MigrationReport>) was.step()).next().get();
        } catch (CommandRefusedException | MigrationsBlockedException e) {
            refused = true;
        } catch (IllegalStateException | NullPointerException e) {
            if (failing) {
                return;
            }
            throw e;
        }
        if (lose && !moment.answerLost) {
            return;
        }
        if (next instanceof Step.Done && !small.isReverting(p)) {
            judge.serves(moment);
        }
        boolean stays = moment.blocked || checksReceipts && !moment.seen.contains("PUT");
        Status status = refused
                ? Status.REFUSED
                : next instanceof Step.Done ? Status.SERVING : stays ? Status.BLOCKED : Status.ALIVE;
        long now = moment.now;
        long wake = next instanceof Step.Wait<MigrationReport> pause
                ? now + pause.timeout().toNanos()
                : now;
        FaultBudget left = world.left();
        if (lose) {
            left = new FaultBudget(left.crashes(), left.lostAnswers() - 1, left.holdUps());
        }
        String past = digest(was.past() + "@" + now + moment.seen);
        List<Process> processes = new ArrayList<>(world.processes());
        processes.set(p, new Process(next, wake, was.heldUntil(), status, past, moment.texts, moment.wroteAt));
        long changedAt = moment.objects.equals(world.objects()) ? world.changedAt() : now;
        push(new World(now, moment.objects, changedAt, processes, List.copyOf(moment.runs), left));
    }

    /** What a process has seen so far, in few letters. */
    static String digest(CharSequence text) {
        return Long.toString(VisitedStates.hash(text), 36);
    }
}
