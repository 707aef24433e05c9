package dev.migrate.run;

import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Verdict;
import java.util.Objects;

/**
 * The steps that write into the register what became of an attempt that did not succeed. This is also all that a process
 * writes on shutdown (SIGTERM) instead of a completion:
 *
 * <table>
 * <caption>What is written when an attempt does not succeed</caption>
 * <tr><th>the action</th><th>what is written</th></tr>
 * <tr><td>was not started yet</td><td>the claim is released: {@link #release}</td></tr>
 * <tr><td>threw</td><td>the verdict FAILED</td></tr>
 * <tr><td>ended with an exception after it was cancelled or interrupted, or was abandoned and is plain or
 * reverts</td><td>the verdict INTERRUPTED, with the last checkpoint</td></tr>
 * <tr><td>was abandoned and may start again elsewhere</td><td>a last heartbeat with its checkpoint, no
 * verdict</td></tr>
 * </table>
 *
 * <p>An action that returns within the shutdown grace has succeeded: {@link ReceiptRecorder}.
 */
final class FailureRecorder implements OwnedExecution.Recorder {

    private final Tools tools;

    FailureRecorder(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Step<ExecutionResult> record(Completion completion) {
        Hold hold = completion.hold();
        boolean mayStartElsewhere =
                hold.migration().restartable() && !hold.attempt().reverts();
        return !completion.ended() && mayStartElsewhere
                ? lastHeartbeat(hold, completion.action())
                : verdict(completion);
    }

    /** The process shuts down before the action has started: nothing happened, and the ledger says so. */
    Step<Snapshot> release(Hold hold) {
        LedgerState without = hold.snapshot().state().release(hold.token());
        return tools.register()
                .commit(hold.snapshot(), without, tools.untilCommitted())
                .then(result -> {
                    boolean still = !result.committed() && hold.standsIn(result.snapshot());
                    return still
                            ? release(hold.seen(result.snapshot(), hold.triedAt()))
                            : new Step.End<>(result.snapshot());
                });
    }

    /**
     * An action that may start again elsewhere goes on although the process shuts down: a verdict would let another
     * process start it beside this one. So none is written; the lease expires when this process is gone, and the
     * checkpoint is kept for then.
     */
    private Step<ExecutionResult> lastHeartbeat(Hold hold, Work action) {
        return current(hold).then(now -> {
            Running running = now.state().running();
            if (running == null || !hold.standsIn(now)) {
                return new Step.End<>(ExecutionResult.nothing(now));
            }
            LedgerState last =
                    now.state().beat(hold.token(), action.checkpoint().orElse(null), running.progress());
            return tools.register().commit(now, last, tools.untilCommitted()).then(result -> {
                Hold again = hold.seen(result.snapshot(), hold.triedAt());
                return result.committed()
                        ? new Step.End<>(ExecutionResult.nothing(result.snapshot()))
                        : lastHeartbeat(again, action);
            });
        });
    }

    private Step<ExecutionResult> verdict(Completion completion) {
        Throwable failure = completion.failure();
        Throwable cause = failure != null ? failure : new MigrationsStoppedException();
        String text = completion.action().errorText(cause, tools.settings().recordErrorMessage());
        Halted halted = new Halted(
                completion.hold().attempt(),
                completion.cause() == Completion.Cause.COMPLETED ? Verdict.FAILED : Verdict.INTERRUPTED,
                completion.cause().messagePrefix + text,
                tools.ticker().now(),
                completion.action().checkpoint().orElse(null));
        return current(completion.hold()).then(now -> halt(now, halted, cause));
    }

    private Step<ExecutionResult> halt(Snapshot now, Halted halted, Throwable cause) {
        String token = Objects.requireNonNull(halted.attempt().token());
        LedgerState state = now.state();
        if (!isOpen(state, token)) {
            // Another owner goes on with it; only the log tells the end of this attempt.
            return halted(now, halted, cause);
        }
        LedgerState next = state.halt(
                token, halted.verdict(), halted.error(), Objects.requireNonNull(halted.at()), halted.checkpoint());
        return tools.register()
                .commit(now, next, tools.untilCommitted())
                .then(result -> result.committed()
                        ? halted(result.snapshot(), halted, cause)
                        : halt(result.snapshot(), halted, cause));
    }

    private Step<ExecutionResult> halted(Snapshot now, Halted halted, Throwable cause) {
        tools.herald().tell(new MigrationEvent.Halt(halted, cause));
        return new Step.End<>(ExecutionResult.nothing(now));
    }

    /** The register as it is, read again where the owner cannot be certain of it. */
    Step<Snapshot> current(Hold hold) {
        return hold.sure() && !hold.lost()
                ? new Step.End<>(hold.snapshot())
                : tools.register().reread(tools.untilCommitted());
    }

    /** Whether the ledger has an attempt as running, or a verdict on it that stands. */
    static boolean isOpen(LedgerState state, String token) {
        return (state.running() != null && state.running().attempt().has(token))
                || (state.halted() != null && state.halted().attempt().has(token));
    }
}
