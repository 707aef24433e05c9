package dev.migrate.run;

import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Verdict;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps that put an owner's verdict on its own attempt, which did not end well, into the ledger. */
final class Judging {

    private final Tools tools;
    private final BiFunction<Snapshot, Memory, Step<MigrationReport>> onward;

    /**
     * @param onward decides anew, on a register that was just read or written
     */
    Judging(Tools tools, BiFunction<Snapshot, Memory, Step<MigrationReport>> onward) {
        this.tools = tools;
        this.onward = onward;
    }

    /**
     * Writes the verdict on an action.
     *
     * @param failure what it threw; null when it was left behind
     */
    Step<MigrationReport> judge(
            Hold hold, Work work, @Nullable Throwable failure, Tending.Ending ending, Memory memory) {
        Throwable cause = failure != null ? failure : new MigrationsStoppedException();
        String text = work.errorText(cause, tools.settings().recordErrorMessage());
        Halted halted = new Halted(
                hold.attempt(),
                ending == Tending.Ending.ITSELF ? Verdict.FAILED : Verdict.INTERRUPTED,
                ending.because + text,
                tools.ticker().now(),
                work.checkpoint().orElse(null));
        return current(hold, now -> halt(now, halted, cause, memory));
    }

    private Step<MigrationReport> halt(Snapshot now, Halted halted, Throwable cause, Memory memory) {
        String token = Objects.requireNonNull(halted.attempt().token());
        LedgerState state = now.state();
        if (!concerns(state, token)) {
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
    Step<MigrationReport> current(Hold hold, Function<Snapshot, Step<MigrationReport>> then) {
        return hold.sure() && !hold.lost()
                ? then.apply(hold.snapshot())
                : tools.register().reread(tools.firm(), then);
    }

    /** Whether the ledger has an attempt as running, or a verdict on it that stands. */
    static boolean concerns(LedgerState state, String token) {
        return (state.running() != null && state.running().attempt().has(token))
                || (state.halted() != null && state.halted().attempt().has(token));
    }
}
