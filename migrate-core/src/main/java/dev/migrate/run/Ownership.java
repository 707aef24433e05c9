package dev.migrate.run;

import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Patience;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Verdict;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps of an owner, from its claim to its receipt or its verdict. */
final class Ownership {

    private final Tools tools;
    private final Tending tending;
    private final BiFunction<Snapshot, Memory, Step<MigrationReport>> onward;

    /**
     * @param onward decides anew, on a register that was just read or written
     */
    Ownership(Tools tools, BiFunction<Snapshot, Memory, Step<MigrationReport>> onward) {
        this.tools = tools;
        this.onward = onward;
        this.tending = new Tending(tools, this::ended);
    }

    /**
     * Claims a migration.
     *
     * @param change what the same write does beside the claim
     * @param lost what follows when another write was first
     */
    Step<MigrationReport> claim(
            Change change,
            MigrationDefinition migration,
            Memory memory,
            Patience<MigrationReport> patience,
            Function<Snapshot, Step<MigrationReport>> lost) {
        String token = tools.tokens().get();
        Attempt attempt = new Attempt(
                migration.id(),
                migration.name(),
                change.base().nextAttempt(migration.id()),
                token,
                tools.ticker().now(),
                tools.settings().deployment(),
                tools.settings().owner(),
                Map.of());
        LedgerState next = change.base().claim(attempt, tools.settings().lease());
        return tools.register().commit(change.seen(), next, patience, commit -> {
            if (!commit.done()) {
                return lost.apply(commit.snapshot());
            }
            change.committed().run();
            Hold hold = new Hold(migration, attempt, commit);
            return claimed(hold, memory);
        });
    }

    /** The claim stands. If its lease has run out before the action could start, it must be made sure of once more. */
    private Step<MigrationReport> claimed(Hold hold, Memory memory) {
        if (tools.stopping().getAsBoolean()) {
            return release(hold, memory);
        }
        if (tools.ticker().nanos() - hold.sentAt() >= tools.settings().lease().toNanos()) {
            return confirm(hold, memory);
        }
        Running running = Objects.requireNonNull(hold.snapshot().state().running());
        tools.herald().tell(new MigrationEvent.Started(running.attempt()));
        Work work = tools.shop().start(hold.migration(), running.checkpoint());
        return tending.tend(hold, work, memory);
    }

    /** One more write in the owner's name, which only an owner can make. */
    private Step<MigrationReport> confirm(Hold hold, Memory memory) {
        Running running = Objects.requireNonNull(hold.snapshot().state().running());
        LedgerState beaten = hold.snapshot().state().beat(hold.token(), running.checkpoint(), running.progress());
        return tools.register().commit(hold.snapshot(), beaten, tools.patience(), commit -> {
            if (commit.done()) {
                return claimed(hold.beaten(commit), memory);
            }
            Hold now = hold.seen(commit.snapshot(), tools.ticker().nanos());
            return now.lost() ? onward.apply(commit.snapshot(), memory) : confirm(now, memory);
        });
    }

    /** The run was told to end before the action started: nothing happened, and the ledger says so. */
    private Step<MigrationReport> release(Hold hold, Memory memory) {
        return tools.register()
                .commit(
                        hold.snapshot(),
                        hold.snapshot().state().release(hold.token()),
                        tools.firm(),
                        commit -> !commit.done() && hold.standsIn(commit.snapshot())
                                ? release(hold.seen(commit.snapshot(), hold.triedAt()), memory)
                                : onward.apply(commit.snapshot(), memory));
    }

    /** The action has ended, or was left behind by a process that must end. */
    private Step<MigrationReport> ended(Hold hold, Work work, Tending.Ending ending, Memory memory) {
        Throwable failure = work.failure();
        if (work.ended() && failure == null) {
            return receipt(hold, new Applied(hold.attempt(), tools.ticker().now()), memory);
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
            // An undecided claim is not left behind by a stop: the completion must still be brought to an end.
            Patience<MigrationReport> patience = new Patience<>(
                    tools.herald()::trouble,
                    tools.stopping(),
                    () -> tools.register().reread(tools.firm(), again -> record(again, done, memory)),
                    tools.beat());
            Change change = Change.none(now).with(base);
            return claim(change, next.migration(), memory, patience, lost -> record(lost, done, memory));
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
