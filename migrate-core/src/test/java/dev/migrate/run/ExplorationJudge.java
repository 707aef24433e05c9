package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Verdict;
import dev.migrate.store.InMemoryObjectStore;
import dev.migrate.store.Read;
import dev.migrate.testing.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Judges the roads of a small world by what really ran and by what the store holds. */
final class ExplorationJudge {

    private static final long SECOND = 1_000_000_000L;

    private final SmallWorld small;
    private final List<SimMigration> migrations;
    private final Map<String, LedgerState> states = new HashMap<>();
    private final Predicate<String> enough;
    /** The violations that are looked for. */
    final List<String> violations = new ArrayList<>();

    /**
     * @param enough which violations are looked for
     */
    ExplorationJudge(SmallWorld small, Predicate<String> enough) {
        this.small = small;
        this.enough = enough;
        this.migrations = small.migrations();
    }

    void broken(Promise promise, String how) {
        String violation = promise.broken(how);
        if (enough.test(violation)) {
            violations.add(violation);
        }
    }

    private LedgerState state(Read.Found register) {
        return states.computeIfAbsent(register.version(), version -> {
            InMemoryObjectStore store = new InMemoryObjectStore();
            String unused = store.create(Exploration.REGISTER, register.content());
            return SimLedger.snapshot(store, Exploration.ENVIRONMENT).state();
        });
    }

    private @Nullable LedgerState state(TreeMap<String, Read.Found> objects) {
        Read.Found register = objects.get(Exploration.REGISTER);
        return register == null ? null : state(register);
    }

    private boolean receipt(TreeMap<String, Read.Found> objects, int migration) {
        return objects.containsKey("x/" + migrations.get(migration).id());
    }

    private int index(MigrationId id) {
        return migrations.stream().map(SimMigration::id).toList().indexOf(id);
    }

    // The start of an action

    void started(ExplorationMoment moment, Explored.Run start, Attempt attempt) {
        goesOn(moment.objects, moment.runs, moment.process);
        LedgerState state = state(moment.objects);
        Running running = state == null ? null : state.running();
        if (running == null || !running.attempt().equals(attempt)) {
            broken(Promise.CLAIM, start + " without its claim in the register");
        }
        if (moment.now - moment.wroteAt >= Exploration.LEASE.toNanos()) {
            broken(Promise.DEADLINE, start + " after its lease");
        }
        for (Explored.Run other : moment.runs) {
            boolean runs =
                    !other.ended() && moment.processes.get(other.process()).status() != Explored.Status.DEAD;
            if (runs && !other.fate().takenOver()) {
                broken(Promise.ALONE, start + " beside " + other);
            }
        }
        List<Explored.Run> before = sinceUndone(moment.runs, start.migration());
        if (start.reverts()) {
            reverted(start, before, state);
        } else {
            migrated(moment, start, before);
        }
    }

    private static List<Explored.Run> sinceUndone(List<Explored.Run> runs, int migration) {
        List<Explored.Run> same =
                runs.stream().filter(run -> run.migration() == migration).toList();
        int from = 0;
        for (int i = 0; i < same.size(); i++) {
            from = same.get(i).reverts() && same.get(i).returned() ? i + 1 : from;
        }
        return same.subList(from, same.size());
    }

    private void reverted(Explored.Run start, List<Explored.Run> before, @Nullable LedgerState state) {
        MigrationId id = migrations.get(start.migration()).id();
        if (state == null || state.applied(id).isEmpty()) {
            broken(Promise.REVERT, start + " though it is not applied");
        } else if (state.applied().stream().anyMatch(above -> above.id().compareTo(id) > 0)) {
            broken(Promise.REVERT, start + " before those above it are reverted");
        }
        before.stream()
                .filter(run -> run.reverts() && !run.threw())
                .findFirst()
                .ifPresent(half -> broken(Promise.RESTART, start + " after " + half));
    }

    private void migrated(ExplorationMoment moment, Explored.Run start, List<Explored.Run> before) {
        SimMigration migration = migrations.get(start.migration());
        boolean failedElsewhere = !before.isEmpty()
                && before.get(before.size() - 1).threw()
                && before.stream()
                        .noneMatch(run -> run.threw() && deployment(run).equals(deployment(start)));
        boolean inPart = before.stream().anyMatch(Explored.Run::reverts);
        if (inPart || !before.isEmpty() && !migration.restartable() && !failedElsewhere) {
            broken(Promise.RESTART, start + " without leave, after " + before);
        }
        for (int earlier = 0; earlier < start.migration(); earlier++) {
            if (!receipt(moment.objects, earlier)) {
                broken(Promise.ORDER, start + " before " + migrations.get(earlier));
            }
        }
        int held = before.stream().mapToInt(run -> run.fate().written()).max().orElse(0);
        if (isResumable(start) && start.from() < held) {
            broken(Promise.CHECKPOINT, start + " though the register held " + held);
        }
    }

    private String deployment(Explored.Run run) {
        return small.deployments().get(run.process());
    }

    private boolean isResumable(Explored.Run run) {
        return !run.reverts() && migrations.get(run.migration()).kind() == SimMigration.Kind.RESUMABLE;
    }

    // What an owner leaves behind

    private void goesOn(TreeMap<String, Read.Found> objects, List<Explored.Run> runs, int process) {
        for (int i = 0; i < runs.size(); i++) {
            Explored.Run run = runs.get(i);
            if (run.process() != process || !run.ended() || run.end() == Explored.Run.End.KILLED) {
                continue;
            }
            boolean undone = runs.subList(i, runs.size()).stream()
                    .anyMatch(later -> later.migration() == run.migration() && later.reverts() && later.returned());
            if (run.returned() && !undone && !receipt(objects, run.migration())) {
                broken(Promise.LATE_OWNER, run + " has no receipt, and its process goes on");
            }
            if (!run.fate().reported()) {
                broken(Promise.REPORT, run + ", and its process does not report how it ended");
            }
        }
    }

    void serves(ExplorationMoment moment) {
        goesOn(moment.objects, moment.runs, moment.process);
        LedgerState state = state(moment.objects);
        for (SimMigration migration : migrations) {
            if (state == null || state.applied(migration.id()).isEmpty()) {
                broken(Promise.SERVING, "p" + moment.process + " before " + migration + " is applied");
            } else if (SimOwners.isUndoneInPart(state, migration)) {
                broken(Promise.SERVING, "p" + moment.process + " though " + migration + " is undone in part");
            }
        }
    }

    // The register

    void written(ExplorationMoment moment, Read.@Nullable Found before, Read.Found after) {
        LedgerState now = state(after);
        LedgerState was = before == null ? null : state(before);
        if (was != null) {
            for (Applied applied : was.applied()) {
                boolean undone = sinceUndone(moment.runs, index(applied.id())).isEmpty();
                if (now.applied(applied.id()).isEmpty() && !undone) {
                    broken(Promise.REGISTER, applied.id() + " was applied and no longer is");
                }
            }
            takenOver(moment, was.running(), now);
        }
        for (Applied applied : now.applied()) {
            boolean fresh = was == null || was.applied(applied.id()).isEmpty();
            if (fresh && !receipt(moment.objects, index(applied.id()))) {
                broken(
                        Promise.RECEIPT_FIRST,
                        "the register calls " + applied.id() + " applied before its receipt is there");
            }
        }
        Running running = now.running();
        if (running != null) {
            hold(moment, running.attempt(), running.checkpoint());
        }
        Halted halted = now.halted();
        if (halted != null) {
            hold(moment, halted.attempt(), halted.checkpoint());
            moment.runs.stream()
                    .filter(run -> halted.attempt().has(run.token()) && run.process() == moment.process)
                    .filter(run -> isResumable(run) && SimCheckpoints.number(halted.checkpoint()) < run.saved())
                    .forEach(run -> broken(Promise.LAST_CHECKPOINT, run + ", and its verdict has no checkpoint"));
        }
    }

    private void hold(ExplorationMoment moment, Attempt attempt, @Nullable String checkpoint) {
        int number = SimCheckpoints.number(checkpoint);
        moment.note(
                attempt,
                known ->
                        new Explored.Run.Known(Math.max(known.written(), number), known.takenOver(), known.reported()));
    }

    private void takenOver(ExplorationMoment moment, @Nullable Running before, LedgerState after) {
        Running running = after.running();
        boolean gone = before != null && (running == null || !running.attempt().equals(before.attempt()));
        if (!gone || owner(before) == moment.process) {
            return;
        }
        long silent = moment.now - moment.processes.get(owner(before)).wroteAt();
        if (silent < Exploration.LEASE.toNanos()) {
            broken(Promise.LEASE, "p" + moment.process + " takes over from p" + owner(before) + " after " + silent);
            return;
        }
        moment.note(before.attempt(), known -> new Explored.Run.Known(known.written(), true, known.reported()));
    }

    private static int owner(Running running) {
        return Integer.parseInt(String.valueOf(running.attempt().owner()).replaceAll("^.*?p(\\d+).*$", "$1"));
    }

    // Time passes, and the end

    /** Nobody has anything to do at this moment. */
    void rests(Explored.World world) {
        boolean undisturbed = world.left().holdUps() == small.most().holdUps()
                && world.left().lostAnswers() == small.most().lostAnswers();
        for (Explored.Run run : world.runs()) {
            boolean lives = world.processes().get(run.process()).status() == Explored.Status.ALIVE;
            if (undisturbed
                    && lives
                    && !run.ended()
                    && isResumable(run)
                    && world.now() - run.startedAt() >= SECOND
                    && run.fate().written() < run.saved()) {
                broken(
                        Promise.CHECKPOINT_IN_TIME,
                        run + ", and the register has " + run.fate().written());
            }
        }
    }

    void end(Explored.World world) {
        LedgerState state = state(world.objects());
        boolean served = false;
        for (int p = 0; p < world.processes().size(); p++) {
            Explored.Status status = world.processes().get(p).status();
            served |= status == Explored.Status.SERVING && !small.isReverting(p);
            if (status != Explored.Status.DEAD) {
                goesOn(world.objects(), world.runs(), p);
            }
            if (status == Explored.Status.BLOCKED && (state == null || !hasReason(world, p, state))) {
                broken(Promise.PROGRESS, "p" + p + " is blocked for no reason that holds");
            }
        }
        for (int m = 0; m < migrations.size(); m++) {
            SimMigration migration = migrations.get(m);
            boolean receipt = receipt(world.objects(), m);
            boolean applied = state != null && state.applied(migration.id()).isPresent();
            boolean inPart = state != null && SimOwners.isUndoneInPart(state, migration);
            boolean returned = sinceUndone(world.runs(), m).stream().anyMatch(run -> !run.reverts() && run.returned());
            if ((receipt || applied) && !returned && !inPart) {
                broken(Promise.RECEIPT, migration + " counts as done though no action returned");
            }
            if (applied && !receipt && !inPart || served && receipt && !applied) {
                broken(Promise.RECEIPT, migration + ": applied " + applied + ", receipt " + receipt);
            }
        }
    }

    private boolean hasReason(Explored.World world, int p, LedgerState state) {
        for (int m = 0; m < migrations.size(); m++) {
            Halted verdict = state.verdict(migrations.get(m).id()).orElse(null);
            if (verdict == null
                    || receipt(world.objects(), m) != verdict.attempt().reverts()) {
                continue;
            }
            int migration = m;
            boolean threw = world.runs().stream()
                    .anyMatch(run -> run.migration() == migration
                            && run.threw()
                            && deployment(run).equals(small.deployments().get(p)));
            boolean known = world.runs().stream()
                    .anyMatch(run -> verdict.attempt().has(run.token())
                            && run.threw()
                            && world.processes().get(run.process()).status() != Explored.Status.DEAD);
            boolean interrupted = !migrations.get(m).restartable() && !known;
            if (verdict.attempt().reverts() || (verdict.verdict() == Verdict.FAILED ? threw : interrupted)) {
                return true;
            }
        }
        return false;
    }
}
