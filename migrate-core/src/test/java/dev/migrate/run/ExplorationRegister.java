package dev.migrate.run;

import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.store.Read;
import dev.migrate.testing.Promise;
import org.jspecify.annotations.Nullable;

/** Judges each write of the register of a small world. */
final class ExplorationRegister {

    private final ExplorationFacts facts;

    ExplorationRegister(ExplorationFacts facts) {
        this.facts = facts;
    }

    void written(ExplorationMoment moment, Read.@Nullable Found before, Read.Found after) {
        LedgerState now = facts.state(after);
        LedgerState was = before == null ? null : facts.state(before);
        if (was != null) {
            for (Applied applied : was.applied()) {
                boolean undone = ExplorationFacts.sinceUndone(moment.runs, facts.index(applied.id()))
                        .isEmpty();
                if (now.applied(applied.id()).isEmpty() && !undone) {
                    facts.broken(Promise.REGISTER, applied.id() + " was applied and no longer is");
                }
            }
            takenOver(moment, was.running(), now);
        }
        for (Applied applied : now.applied()) {
            boolean fresh = was == null || was.applied(applied.id()).isEmpty();
            if (fresh && !facts.receipt(moment.objects, facts.index(applied.id()))) {
                facts.broken(
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
                    .filter(run -> facts.isResumable(run) && SimCheckpoints.number(halted.checkpoint()) < run.saved())
                    .forEach(run -> facts.broken(Promise.LAST_CHECKPOINT, run + ", and its verdict has no checkpoint"));
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
            facts.broken(
                    Promise.LEASE, "p" + moment.process + " takes over from p" + owner(before) + " after " + silent);
            return;
        }
        moment.note(before.attempt(), known -> new Explored.Run.Known(known.written(), true, known.reported()));
    }

    private static int owner(Running running) {
        return Integer.parseInt(String.valueOf(running.attempt().owner()).replaceAll("^.*?p(\\d+).*$", "$1"));
    }
}
