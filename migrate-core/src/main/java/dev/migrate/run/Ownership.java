package dev.migrate.run;

import dev.migrate.ledger.Applied;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import java.util.function.BiFunction;

/** The steps of an owner, from its claim to its receipt or its verdict. */
final class Ownership {

    private final Tools tools;
    private final Claiming claiming;
    private final Judging judging;
    private final BiFunction<Snapshot, Memory, Step<MigrationReport>> onward;

    /**
     * @param onward decides anew, on a register that was just read or written
     */
    Ownership(Tools tools, BiFunction<Snapshot, Memory, Step<MigrationReport>> onward) {
        this.tools = tools;
        this.onward = onward;
        this.judging = new Judging(tools, onward);
        this.claiming = new Claiming(tools, false, onward, this::ended);
    }

    /** Claims a migration, and does all that an owner does. */
    Step<MigrationReport> claim(Change change, MigrationDefinition migration, Memory memory) {
        return claiming.claim(change, migration, memory, tools.troubleAtStart(), lost -> onward.apply(lost, memory));
    }

    /** The action has ended, or was left behind by a process that must end. */
    private Step<MigrationReport> ended(Hold hold, Work work, Tending.Ending ending, Memory memory) {
        // Asked once: an action that was left behind may end at any moment, and not well.
        boolean over = work.ended();
        Throwable failure = over ? work.failure() : null;
        if (over && failure == null) {
            Applied done = new Applied(hold.attempt(), tools.ticker().now(), work.took());
            return receipt(hold, done, memory);
        }
        return !over && hold.migration().restartable()
                ? leave(hold, work, memory)
                : judging.judge(hold, work, failure, ending, memory);
    }

    /**
     * A restartable action goes on though the process must end: a verdict would let another process start it beside this
     * one. So there is none; the lease runs out when this process is gone, and its checkpoint is kept for then.
     */
    private Step<MigrationReport> leave(Hold hold, Work work, Memory memory) {
        return judging.current(hold, now -> {
            Running running = now.state().running();
            if (running == null || !hold.standsIn(now)) {
                return onward.apply(now, memory);
            }
            LedgerState last = now.state().beat(hold.token(), work.checkpoint().orElse(null), running.progress());
            return tools.register().commit(now, last, tools.firm(), commit -> {
                Hold again = hold.seen(commit.snapshot(), hold.triedAt());
                return commit.done() ? onward.apply(commit.snapshot(), memory) : leave(again, work, memory);
            });
        });
    }

    /** The receipt comes first: from here on, whatever happens, the migration is applied. */
    private Step<MigrationReport> receipt(Hold hold, Applied done, Memory memory) {
        return tools.register()
                .ask(
                        store -> tools.receipts()
                                .write(store, done, hold.snapshot().state()::isUndone),
                        tools.firm(),
                        written -> {
                            tools.herald().tell(new MigrationEvent.AppliedNow(done));
                            if (!hold.attempt()
                                    .has(String.valueOf(written.attempt().token()))) {
                                tools.herald()
                                        .notice(
                                                "The receipt of "
                                                        + done.attempt().title()
                                                        + " was there before this attempt wrote it:"
                                                        + " somebody else applied it too.",
                                                true);
                            }
                            return judging.current(hold, now -> record(now, done, memory.applied(done)));
                        });
    }

    /** Brings the register up with a receipt and, in the same write, claims what comes next. */
    private Step<MigrationReport> record(Snapshot now, Applied done, Memory memory) {
        LedgerState state = now.state();
        if (state.applied(done.id()).isPresent() || state.runsElsewhere(done) || state.isUndone(done)) {
            return onward.apply(now, memory);
        }
        LedgerState base = state.complete(done);
        if (!tools.stopping().getAsBoolean()
                && tools.plan().decide(base, memory.found()) instanceof Decision.Claim next
                && base.nextAttempt(next.migration().id()) == 1) {
            return claiming.claim(
                    Change.none(now).with(base),
                    next.migration(),
                    memory,
                    tools.herald()::trouble,
                    lost -> record(lost, done, memory));
        }
        return tools.register().commit(now, base, tools.firm(), commit -> record(commit.snapshot(), done, memory));
    }
}
