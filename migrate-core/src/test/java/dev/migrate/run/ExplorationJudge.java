package dev.migrate.run;

import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Verdict;
import dev.migrate.store.Read;
import dev.migrate.testing.Promise;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Judges the roads of a small world by what really ran and by what the store holds. */
final class ExplorationJudge {

    private static final long SECOND = 1_000_000_000L;

    private final ExplorationFacts facts;
    private final ExplorationStarts starts;
    private final ExplorationRegister register;

    /**
     * @param enough which violations are looked for
     */
    ExplorationJudge(SmallWorld small, Predicate<String> enough) {
        this.facts = new ExplorationFacts(small, enough);
        this.starts = new ExplorationStarts(facts);
        this.register = new ExplorationRegister(facts);
    }

    List<String> violations() {
        return facts.violations;
    }

    void started(ExplorationMoment moment, Explored.Run start, Attempt attempt) {
        goesOn(moment.objects, moment.runs, moment.process);
        starts.judge(moment, start, attempt);
    }

    void written(ExplorationMoment moment, Read.@Nullable Found before, Read.Found after) {
        register.written(moment, before, after);
    }

    /** After so many leases a process neither serves nor is blocked. */
    void lasts() {
        facts.broken(Promise.PROGRESS, "somebody neither serves nor is blocked after so many leases");
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
            if (run.returned() && !undone && !facts.receipt(objects, run.migration())) {
                facts.broken(Promise.LATE_OWNER, run + " has no receipt, and its process goes on");
            }
            if (!run.fate().reported()) {
                facts.broken(Promise.REPORT, run + ", and its process does not report how it ended");
            }
        }
    }

    void serves(ExplorationMoment moment) {
        goesOn(moment.objects, moment.runs, moment.process);
        LedgerState state = facts.state(moment.objects);
        for (SimMigration migration : facts.migrations) {
            if (state == null || state.applied(migration.id()).isEmpty()) {
                facts.broken(Promise.SERVING, "p" + moment.process + " before " + migration + " is applied");
            } else if (SimOwners.isUndoneInPart(state, migration)) {
                facts.broken(Promise.SERVING, "p" + moment.process + " though " + migration + " is undone in part");
            }
        }
    }

    // Time passes, and the end

    /** Nobody has anything to do at this moment. */
    void rests(Explored.World world) {
        boolean undisturbed = world.left().holdUps() == facts.small.most().holdUps()
                && world.left().lostAnswers() == facts.small.most().lostAnswers();
        for (Explored.Run run : world.runs()) {
            boolean lives = world.processes().get(run.process()).status() == Explored.Status.ALIVE;
            if (undisturbed
                    && lives
                    && !run.ended()
                    && facts.isResumable(run)
                    && world.now() - run.startedAt() >= SECOND
                    && run.fate().written() < run.saved()) {
                facts.broken(
                        Promise.CHECKPOINT_IN_TIME,
                        run + ", and the register has " + run.fate().written());
            }
        }
    }

    void end(Explored.World world) {
        LedgerState state = facts.state(world.objects());
        boolean served = false;
        for (int p = 0; p < world.processes().size(); p++) {
            Explored.Status status = world.processes().get(p).status();
            served |= status == Explored.Status.SERVING && !facts.small.isReverting(p);
            if (status != Explored.Status.DEAD) {
                goesOn(world.objects(), world.runs(), p);
            }
            if (status == Explored.Status.BLOCKED && (state == null || !hasReason(world, p, state))) {
                facts.broken(Promise.PROGRESS, "p" + p + " is blocked for no reason that holds");
            }
        }
        for (int m = 0; m < facts.migrations.size(); m++) {
            SimMigration migration = facts.migrations.get(m);
            boolean receipt = facts.receipt(world.objects(), m);
            boolean applied = state != null && state.applied(migration.id()).isPresent();
            boolean inPart = state != null && SimOwners.isUndoneInPart(state, migration);
            boolean returned = ExplorationFacts.sinceUndone(world.runs(), m).stream()
                    .anyMatch(run -> !run.reverts() && run.returned());
            if ((receipt || applied) && !returned && !inPart) {
                facts.broken(Promise.RECEIPT, migration + " counts as done though no action returned");
            }
            if (applied && !receipt && !inPart || served && receipt && !applied) {
                facts.broken(Promise.RECEIPT, migration + ": applied " + applied + ", receipt " + receipt);
            }
        }
    }

    private boolean hasReason(Explored.World world, int p, LedgerState state) {
        for (int m = 0; m < facts.migrations.size(); m++) {
            Halted verdict = state.verdict(facts.migrations.get(m).id()).orElse(null);
            if (verdict == null
                    || facts.receipt(world.objects(), m) != verdict.attempt().reverts()) {
                continue;
            }
            int migration = m;
            boolean threw = world.runs().stream()
                    .anyMatch(run -> run.migration() == migration
                            && run.threw()
                            && facts.deployment(run)
                                    .equals(facts.small.deployments().get(p)));
            boolean known = world.runs().stream()
                    .anyMatch(run -> verdict.attempt().has(run.token())
                            && run.threw()
                            && world.processes().get(run.process()).status() != Explored.Status.DEAD);
            boolean interrupted = !facts.migrations.get(m).restartable() && !known;
            if (verdict.attempt().reverts() || (verdict.verdict() == Verdict.FAILED ? threw : interrupted)) {
                return true;
            }
        }
        return false;
    }
}
