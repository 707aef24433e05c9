package dev.migrate.run;

import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Verdict;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps of an owner, from its claim to its receipt or its verdict. */
final class Ownership {

    private final Tools tools;
    private final Claiming claiming;
    private final BiFunction<Snapshot, Memory, Step<MigrationReport>> onward;

    /**
     * @param onward decides anew, on a register that was just read or written
     */
    Ownership(Tools tools, BiFunction<Snapshot, Memory, Step<MigrationReport>> onward) {
        this.tools = tools;
        this.onward = onward;
        this.claiming = new Claiming(tools, onward, this::ended);
    }

    /** Claims a migration, and does all that an owner does. */
    Step<MigrationReport> claim(Change change, MigrationDefinition migration, Memory memory) {
        return claiming.claim(change, migration, memory, tools::troubleAtStart, lost -> onward.apply(lost, memory));
    }

    /** The action has ended, or was left behind by a process that must end. */
    private Step<MigrationReport> ended(Hold hold, Work work, Tending.Ending ending, Memory memory) {
        // Asked once: an action that was left behind may end at any moment, and not well.
        boolean over = work.ended();
        Throwable failure = over ? work.failure() : null;
        if (over && failure == null) {
            return receipt(hold, new Applied(hold.attempt(), tools.ticker().now()), memory);
        }
        if (!over && hold.migration().restartable()) {
            return leave(hold, work, memory);
        }
        Throwable cause = failure != null ? failure : new MigrationsStoppedException();
        String text = ErrorText.of(cause, tools.settings().recordErrorMessage());
        Halted halted = new Halted(
                hold.attempt(),
                ending == Tending.Ending.ITSELF ? Verdict.FAILED : Verdict.INTERRUPTED,
                ending.because + text,
                tools.ticker().now(),
                work.checkpoint().orElse(null));
        return current(hold, now -> halt(now, halted, cause, memory));
    }

    /**
     * A restartable action goes on though the process must end: a verdict would let another process start it beside this
     * one. So there is none; the lease runs out when this process is gone, and its checkpoint is kept for then.
     */
    private Step<MigrationReport> leave(Hold hold, Work work, Memory memory) {
        return current(hold, now -> {
            Running running = now.state().running();
            if (running == null || !runs(now.state(), hold.token())) {
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
        return tools.register().ask(store -> tools.receipts().write(store, done), tools.firm(), written -> {
            tools.herald().tell(new MigrationEvent.AppliedNow(done));
            if (!hold.attempt().has(String.valueOf(written.attempt().token()))) {
                tools.herald()
                        .notice(
                                "The receipt of " + done.attempt().title() + " was there before this attempt wrote it:"
                                        + " somebody else applied it too.",
                                true);
            }
            return current(hold, now -> record(now, done, memory.applied(done)));
        });
    }

    /** Brings the register up with a receipt and, in the same write, claims what comes next. */
    private Step<MigrationReport> record(Snapshot now, Applied done, Memory memory) {
        LedgerState state = now.state();
        if (state.applied(done.id()).isPresent() || state.runsElsewhere(done)) {
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

    private Step<MigrationReport> halt(Snapshot now, Halted halted, Throwable cause, Memory memory) {
        String token = Objects.requireNonNull(halted.attempt().token());
        LedgerState state = now.state();
        boolean judged = state.halted() != null && state.halted().attempt().has(token);
        if (!runs(state, token) && !judged) {
            // Another owner goes on with it; what this attempt came to is told in the log alone.
            tools.herald().tell(new MigrationEvent.Halt(halted, cause));
            return onward.apply(now, memory);
        }
        LedgerState next = state.halt(
                token, halted.verdict(), halted.error(), Objects.requireNonNull(halted.at()), halted.checkpoint());
        return tools.register().commit(now, next, tools.firm(), commit -> {
            if (!commit.done()) {
                return halt(commit.snapshot(), halted, cause, memory);
            }
            tools.herald().tell(new MigrationEvent.Halt(halted, cause));
            return onward.apply(commit.snapshot(), memory);
        });
    }

    /** The register as it is, read anew where the owner cannot be sure of it. */
    private Step<MigrationReport> current(Hold hold, Function<Snapshot, Step<MigrationReport>> then) {
        return hold.sure() && !hold.lost()
                ? then.apply(hold.snapshot())
                : tools.register().reread(tools.firm(), then);
    }

    private static boolean runs(LedgerState state, @Nullable String token) {
        return token != null
                && state.running() != null
                && state.running().attempt().has(token);
    }
}
