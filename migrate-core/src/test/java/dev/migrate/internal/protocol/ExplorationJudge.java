package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.store.ReadResult;
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

    void started(ExplorationMoment moment, ExploredMoment.Run start, Attempt attempt) {
        goesOn(moment.objects, moment.runs, moment.process);
        starts.judge(moment, start, attempt);
    }

    void written(ExplorationMoment moment, ReadResult.@Nullable Found before, ReadResult.Found after) {
        register.written(moment, before, after);
    }

    /** After so many leases a process neither serves nor is blocked. */
    void lasts() {
        facts.broken(Promise.PROGRESS, "somebody neither serves nor is blocked after so many leases");
    }

    // What an owner leaves behind

    private void goesOn(TreeMap<String, ReadResult.Found> objects, List<ExploredMoment.Run> runs, int process) {
        for (int i = 0; i < runs.size(); i++) {
            ExploredMoment.Run run = runs.get(i);
            if (run.process() != process || !run.ended() || run.end() == ExploredMoment.Run.End.KILLED) {
                continue;
            }
            boolean reverted = runs.subList(i, runs.size()).stream()
                    .anyMatch(later -> later.migration() == run.migration() && later.reverts() && later.returned());
            if (run.returned() && !reverted && !facts.receipt(objects, run.migration())) {
                facts.broken(Promise.LATE_OWNER, run + " has no receipt, and its process goes on");
            }
            if (!run.known().reported()) {
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
            } else if (SimOwners.isPartlyReverted(state, migration)) {
                facts.broken(Promise.SERVING, "p" + moment.process + " though " + migration + " is partly reverted");
            }
        }
    }

    // Time passes, and the end

    /** Nobody has anything to do at this moment. */
    void rests(ExploredMoment.World world) {
        boolean undisturbed = world.left().holdUps() == facts.small.most().holdUps()
                && world.left().lostAnswers() == facts.small.most().lostAnswers();
        for (ExploredMoment.Run run : world.runs()) {
            boolean lives = world.processes().get(run.process()).status() == ExploredMoment.Status.ALIVE;
            if (undisturbed
                    && lives
                    && !run.ended()
                    && facts.isResumable(run)
                    && world.now() - run.startedAt() >= SECOND
                    && run.known().written() < run.saved()) {
                facts.broken(
                        Promise.CHECKPOINT_IN_TIME,
                        run + ", and the register has " + run.known().written());
            }
        }
    }

    void end(ExploredMoment.World world) {
        LedgerState state = facts.state(world.objects());
        boolean served = false;
        for (int p = 0; p < world.processes().size(); p++) {
            ExploredMoment.Status status = world.processes().get(p).status();
            served |= status == ExploredMoment.Status.SERVING && !facts.small.isReverting(p);
            if (status != ExploredMoment.Status.DEAD) {
                goesOn(world.objects(), world.runs(), p);
            }
            if (status == ExploredMoment.Status.BLOCKED && (state == null || !hasReason(world, p, state))) {
                facts.broken(Promise.PROGRESS, "p" + p + " is blocked for no reason that holds");
            }
        }
        for (int m = 0; m < facts.migrations.size(); m++) {
            SimMigration migration = facts.migrations.get(m);
            boolean receipt = facts.receipt(world.objects(), m);
            boolean applied = state != null && state.applied(migration.id()).isPresent();
            boolean partlyReverted = state != null && SimOwners.isPartlyReverted(state, migration);
            boolean returned = ExplorationFacts.sinceReverted(world.runs(), m).stream()
                    .anyMatch(run -> !run.reverts() && run.returned());
            if ((receipt || applied) && !returned && !partlyReverted) {
                facts.broken(Promise.RECEIPT, migration + " counts as done though no action returned");
            }
            if (applied && !receipt && !partlyReverted || served && receipt && !applied) {
                facts.broken(Promise.RECEIPT, migration + ": applied " + applied + ", receipt " + receipt);
            }
        }
    }

    private boolean hasReason(ExploredMoment.World world, int p, LedgerState state) {
        for (int m = 0; m < facts.migrations.size(); m++) {
            BlockingVerdict verdict =
                    state.verdict(facts.migrations.get(m).id()).orElse(null);
            if (verdict == null
                    || facts.receipt(world.objects(), m) != verdict.attempt().isRevert()) {
                continue;
            }
            int migration = m;
            boolean threw = world.runs().stream()
                    .anyMatch(run -> run.migration() == migration
                            && run.threw()
                            && facts.deployment(run)
                                    .equals(facts.small.deployments().get(p)));
            boolean known = world.runs().stream()
                    .anyMatch(run -> verdict.attempt().hasToken(run.token())
                            && run.threw()
                            && world.processes().get(run.process()).status() != ExploredMoment.Status.DEAD);
            boolean interrupted = !facts.migrations.get(m).restartable() && !known;
            if (verdict.attempt().isRevert() || (verdict.outcome() == Outcome.FAILED ? threw : interrupted)) {
                return true;
            }
        }
        return false;
    }
}
