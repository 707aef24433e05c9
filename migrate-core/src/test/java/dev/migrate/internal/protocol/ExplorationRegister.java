package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.store.ReadResult;
import dev.migrate.testing.Promise;
import org.jspecify.annotations.Nullable;

/** Judges each write of the register of a small world. */
final class ExplorationRegister {

    private final ExplorationFacts facts;

    ExplorationRegister(ExplorationFacts facts) {
        this.facts = facts;
    }

    void written(ExplorationMoment moment, ReadResult.@Nullable Found before, ReadResult.Found after) {
        LedgerState now = facts.state(after);
        LedgerState was = before == null ? null : facts.state(before);
        if (was != null) {
            for (AppliedMigration applied : was.applied()) {
                boolean reverted = ExplorationFacts.sinceReverted(moment.runs, facts.index(applied.id()))
                        .isEmpty();
                if (now.applied(applied.id()).isEmpty() && !reverted) {
                    facts.broken(Promise.REGISTER, applied.id() + " was applied and no longer is");
                }
            }
            takenOver(moment, was.running(), now);
        }
        for (AppliedMigration applied : now.applied()) {
            boolean fresh = was == null || was.applied(applied.id()).isEmpty();
            if (fresh && !facts.receipt(moment.objects, facts.index(applied.id()))) {
                facts.broken(
                        Promise.RECEIPT_FIRST,
                        "the register calls " + applied.id() + " applied before its receipt is there");
            }
        }
        RunningMigration running = now.running();
        if (running != null) {
            lease(moment, running.attempt(), running.checkpoint());
        }
        BlockingVerdict halted = now.halted();
        if (halted != null) {
            lease(moment, halted.attempt(), halted.checkpoint());
            moment.runs.stream()
                    .filter(run -> halted.attempt().hasToken(run.token()) && run.process() == moment.process)
                    .filter(run -> facts.isResumable(run) && SimCheckpoints.number(halted.checkpoint()) < run.saved())
                    .forEach(run -> facts.broken(Promise.LAST_CHECKPOINT, run + ", and its verdict has no checkpoint"));
        }
    }

    private void lease(ExplorationMoment moment, Attempt attempt, @Nullable String checkpoint) {
        int number = SimCheckpoints.number(checkpoint);
        moment.note(
                attempt,
                known -> new ExploredMoment.Run.Known(
                        Math.max(known.written(), number), known.takenOver(), known.reported()));
    }

    private void takenOver(ExplorationMoment moment, @Nullable RunningMigration before, LedgerState after) {
        RunningMigration running = after.running();
        boolean gone = before != null && (running == null || !running.attempt().equals(before.attempt()));
        if (!gone || owner(before) == moment.process) {
            return;
        }
        long silent = moment.now - moment.processes.get(owner(before)).wroteAt();
        if (silent < Exploration.LEASE.toNanos()) {
            facts.broken(
                    Promise.LEASE, "p" + moment.process + " takes over from p" + owner(before) + " after " + silent);
            return;
        }
        moment.note(before.attempt(), known -> new ExploredMoment.Run.Known(known.written(), true, known.reported()));
    }

    private static int owner(RunningMigration running) {
        return Integer.parseInt(String.valueOf(running.attempt().owner()).replaceAll("^.*?p(\\d+).*$", "$1"));
    }
}
