package dev.migrate.run;

import dev.migrate.EnvironmentName;
import dev.migrate.ledger.Owner;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
import dev.migrate.store.Read;
import dev.migrate.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes every road of a small world: in each state every process may take its next step, crash, have its answer lost, or
 * be held up for longer than a lease, as long as the world's share of misfortune lasts. Since a step holds no state that
 * changes, a state is copied by copying references, and each road starts from the same place.
 */
final class Exploration {

    private static final EnvironmentName ENVIRONMENT = new EnvironmentName("x");
    private static final long SECOND = 1_000_000_000L;
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final long HELD_UP = 3 * LEASE.toNanos();

    /** What may still go wrong on a road, whichever process it happens to. */
    record Misfortune(int crashes, int lostAnswers, int holdUps) {}

    enum Status {
        ALIVE,
        BLOCKED,
        SERVING,
        DEAD
    }

    /** One start of an action: by whom, of what, until when, and how it ended. */
    record Run(int process, int migration, long until, boolean ended, boolean threw, boolean killed) {}

    /** A process in a state of the world. The step is immutable; its past decides all that it knows. */
    record Process(Step<MigrationReport> step, long wakeAt, long heldUntil, Status status, String past, int texts) {}

    record World(
            long now,
            TreeMap<String, Read.Found> objects,
            long changedAt,
            List<Process> processes,
            List<Run> runs,
            Misfortune left) {

        World with(int p, Process process, Misfortune less) {
            List<Process> others = new ArrayList<>(processes);
            others.set(p, process);
            return new World(now, objects, changedAt, others, runs, less);
        }
    }

    private final List<SimMigration> migrations;
    private final List<String> deployments;
    private final Set<Integer> failing;
    private final Deque<World> open = new ArrayDeque<>();
    private final Visited visited = new Visited();
    final List<String> violations = new ArrayList<>();
    final Map<String, Long> ends = new TreeMap<>();
    long transitions;

    // The state that is being left, changed in place while one step is taken.
    private long now;
    private TreeMap<String, Read.Found> objects = new TreeMap<>();
    private List<Run> runs = new ArrayList<>();
    private int texts;
    private String seen = "";
    private boolean blocked;
    private boolean loseAnswer;
    private boolean answerLost;

    Exploration(List<SimMigration> migrations, Set<Integer> failing, List<String> deployments) {
        this.migrations = migrations;
        this.failing = failing;
        this.deployments = deployments;
    }

    long states() {
        return visited.size();
    }

    void explore(Misfortune most) {
        List<Process> processes = new ArrayList<>();
        for (int p = 0; p < deployments.size(); p++) {
            processes.add(new Process(start(p), 0, 0, Status.ALIVE, "", 0));
        }
        push(new World(0, new TreeMap<>(), 0, processes, List.of(), most));
        while (!open.isEmpty() && violations.isEmpty()) {
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
        if (visited.add(Visited.hash(key))) {
            open.push(world);
        }
    }

    private void expand(World world) {
        boolean moved = false;
        for (int p = 0; p < world.processes().size(); p++) {
            Process process = world.processes().get(p);
            if (process.status() == Status.DEAD || process.status() == Status.SERVING) {
                continue;
            }
            boolean held = process.heldUntil() > world.now();
            Misfortune left = world.left();
            if (left.crashes() > 0) {
                push(crashed(world, p));
            }
            if (!held && left.holdUps() > 0) {
                Misfortune less = new Misfortune(left.crashes(), left.lostAnswers(), left.holdUps() - 1);
                Process later = new Process(
                        process.step(),
                        process.wakeAt(),
                        world.now() + HELD_UP,
                        process.status(),
                        process.past(),
                        process.texts());
                push(world.with(p, later, less));
            }
            if (!held && process.wakeAt() <= world.now() || !held && wakes(world, p)) {
                moved = true;
                take(world, p, false);
                if (process.step() instanceof Step.Call && left.lostAnswers() > 0) {
                    take(world, p, true);
                }
            }
        }
        if (!moved) {
            passTime(world);
        }
    }

    private boolean wakes(World world, int p) {
        enter(world, p);
        return world.processes().get(p).step() instanceof Step.Pause<MigrationReport> pause
                && pause.until().getAsBoolean();
    }

    private World crashed(World world, int p) {
        Process was = world.processes().get(p);
        Misfortune left = world.left();
        Misfortune less = new Misfortune(left.crashes() - 1, left.lostAnswers(), left.holdUps());
        List<Run> after = world.runs().stream()
                .map(run -> run.process() == p && !run.ended()
                        ? new Run(p, run.migration(), world.now(), true, false, true)
                        : run)
                .toList();
        World without = new World(world.now(), world.objects(), world.changedAt(), world.processes(), after, less);
        return without.with(p, new Process(was.step(), 0, 0, Status.DEAD, "dead", 0), less);
    }

    /** Nobody can move: the next moment at which somebody can. */
    private void passTime(World world) {
        long next = Long.MAX_VALUE;
        boolean onlyBlocked = true;
        for (int p = 0; p < world.processes().size(); p++) {
            Process process = world.processes().get(p);
            if (process.status() == Status.ALIVE || process.status() == Status.BLOCKED) {
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
            judgeEnd(world);
            return;
        }
        long then = Math.max(next, world.now() + 1);
        List<Run> after = world.runs().stream()
                .map(run -> !run.ended()
                                && run.until() <= then
                                && world.processes().get(run.process()).heldUntil() <= then
                        ? new Run(
                                run.process(),
                                run.migration(),
                                run.until(),
                                true,
                                failing.contains(run.migration()),
                                false)
                        : run)
                .toList();
        push(new World(then, world.objects(), world.changedAt(), world.processes(), after, world.left()));
    }

    private void enter(World world, int p) {
        now = world.now();
        objects = new TreeMap<>(world.objects());
        runs = new ArrayList<>(world.runs());
        texts = world.processes().get(p).texts();
        seen = "";
        blocked = false;
        answerLost = false;
    }

    private void take(World world, int p, boolean lose) {
        enter(world, p);
        loseAnswer = lose;
        transitions++;
        Process was = world.processes().get(p);
        Step<MigrationReport> next;
        boolean checksReceipts = was.status() == Status.BLOCKED;
        if (was.step() instanceof Step.Call<MigrationReport> call) {
            next = call.ask().apply(new ExplorationStore(this));
        } else {
            next = ((Step.Pause<MigrationReport>) was.step()).then().get();
        }
        if (lose && !answerLost) {
            return;
        }
        Status status = next instanceof Step.End
                ? Status.SERVING
                : blocked || checksReceipts && !seen.contains("PUT") ? Status.BLOCKED : Status.ALIVE;
        long wake = next instanceof Step.Pause<MigrationReport> pause
                ? now + pause.most().toNanos()
                : now;
        Misfortune left = world.left();
        if (lose) {
            left = new Misfortune(left.crashes(), left.lostAnswers() - 1, left.holdUps());
        }
        String past = digest(was.past() + "@" + now + seen);
        List<Process> processes = new ArrayList<>(world.processes());
        processes.set(p, new Process(next, wake, was.heldUntil(), status, past, texts));
        long changedAt = objects.equals(world.objects()) ? world.changedAt() : now;
        push(new World(now, objects, changedAt, processes, List.copyOf(runs), left));
    }

    // What a process works with

    private Step<MigrationReport> start(int p) {
        Ticker ticker = new Ticker() {
            @Override
            public long nanos() {
                return now;
            }

            @Override
            public Instant now() {
                return Instant.EPOCH;
            }
        };
        // What lasts is told each time, or what was told on another road would not be told on this one.
        Ticker everyTime = new Ticker() {
            private long hours;

            @Override
            public long nanos() {
                return ++hours * 3600 * SECOND;
            }

            @Override
            public Instant now() {
                return Instant.EPOCH;
            }
        };
        RunnerSettings settings = new RunnerSettings(
                ENVIRONMENT,
                deployments.get(p),
                new Owner("p" + p, 1, null),
                LEASE,
                Duration.ZERO,
                RunnerSettings.OnFailure.BLOCK,
                RunnerSettings.OutOfOrder.RUN,
                true);
        Tools tools = new Tools(
                new Plan(migrations, deployments.get(p), null),
                settings,
                new Register(ENVIRONMENT, () -> "p" + p + "n" + texts++, ticker, () -> 0),
                new Receipts(ENVIRONMENT),
                ticker,
                () -> "p" + p + "t" + texts++,
                new Herald(event -> blocked |= event instanceof MigrationEvent.Blocked, everyTime),
                () -> false,
                (migration, attempt, checkpoint) -> begin(p, migrations.indexOf(migration)),
                () -> 0);
        return new Start(tools).begin();
    }

    private Work begin(int p, int migration) {
        judgeStart(p, migration);
        int index = runs.size();
        // The first ends before a beat is due, the second after one.
        runs.add(new Run(p, migration, now + SECOND / 2 + migration * SECOND, false, false, false));
        return new ExploredWork(index);
    }

    /** An action; whether it has ended stands in the state of the world. */
    private final class ExploredWork implements Work {
        private final int index;

        ExploredWork(int index) {
            this.index = index;
        }

        @Override
        public boolean ended() {
            return runs.get(index).ended();
        }

        @Override
        public @Nullable Throwable failure() {
            return runs.get(index).threw() ? new IllegalStateException("played") : null;
        }

        @Override
        public @Nullable Duration took() {
            return null;
        }

        @Override
        public void cancel() {}

        @Override
        public void interrupt() {}

        @Override
        public boolean interrupted() {
            return false;
        }

        @Override
        public Optional<String> checkpoint() {
            return Optional.empty();
        }

        @Override
        public dev.migrate.ledger.@Nullable Progress progress() {
            return null;
        }
    }

    // The store, for one step

    <A> A answer(String what, A answer, String observed) {
        if (loseAnswer && !answerLost) {
            answerLost = true;
            seen += what + " lost";
            throw new StoreUnavailableException(what + ": answer lost", null);
        }
        seen += what + observed;
        return answer;
    }

    TreeMap<String, Read.Found> objects() {
        return objects;
    }

    /** What a process has seen so far, in few letters. */
    static String digest(CharSequence text) {
        return Long.toString(Visited.hash(text), 36);
    }

    // Judgement

    private void judgeStart(int p, int migration) {
        List<Run> before =
                runs.stream().filter(run -> run.migration() == migration).toList();
        boolean restartable = migrations.get(migration).restartable();
        boolean failedElsewhere = !before.isEmpty()
                && before.get(before.size() - 1).threw()
                && before.stream()
                        .noneMatch(run ->
                                run.threw() && deployments.get(run.process()).equals(deployments.get(p)));
        if (!before.isEmpty() && !restartable && !failedElsewhere) {
            violations.add(
                    "G1: " + migrations.get(migration) + " starts again without leave, by p" + p + " after " + before);
        }
        for (int earlier = 0; earlier < migration; earlier++) {
            if (!objects.containsKey("x/" + migrations.get(earlier).id())) {
                violations.add("G3: " + migrations.get(migration) + " starts before " + migrations.get(earlier));
            }
        }
    }

    private void judgeEnd(World world) {
        boolean blockedForGood = false;
        for (int p = 0; p < world.processes().size(); p++) {
            Status status = world.processes().get(p).status();
            blockedForGood |= status == Status.BLOCKED;
        }
        for (int m = 0; m < migrations.size(); m++) {
            int migration = m;
            boolean receipt =
                    world.objects().containsKey("x/" + migrations.get(m).id());
            boolean returned = world.runs().stream()
                    .anyMatch(r -> r.migration() == migration
                            && r.ended()
                            && !r.threw()
                            && !r.killed()
                            && world.processes().get(r.process()).status() != Status.DEAD);
            if (returned && !receipt) {
                violations.add("G2: " + migrations.get(m) + " was done by a live process and has no receipt");
            }
            if (receipt
                    && world.runs().stream().noneMatch(r -> r.migration() == migration && r.ended() && !r.threw())) {
                violations.add("G2: " + migrations.get(m) + " has a receipt though no action returned");
            }
        }
        boolean unfinished = migrations.stream().anyMatch(m -> !world.objects().containsKey("x/" + m.id()));
        if (blockedForGood && !unfinished) {
            violations.add("progress: blocked although every migration has its receipt");
        }
        String how = world.processes().stream()
                .map(Process::status)
                .sorted()
                .toList()
                .toString();
        ends.merge(how, 1L, Long::sum);
    }
}
