package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.ActionExecution;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration;
import java.util.Objects;

/**
 * The steps that record the result of an unsuccessful attempt in the register. On shutdown (SIGTERM), a process writes one of
 * these instead of a completion:
 *
 * <table>
 * <caption>What is written when an attempt does not succeed</caption>
 * <tr><th>the action</th><th>what is written</th></tr>
 * <tr><td>was not started yet</td><td>the claim is released: {@link #release}</td></tr>
 * <tr><td>threw</td><td>the verdict FAILED</td></tr>
 * <tr><td>ended with an exception after it was interrupted, or after it was cancelled and may start again; or was
 * abandoned and is plain or reverts</td><td>the verdict INTERRUPTED, with the last checkpoint</td></tr>
 * <tr><td>was abandoned and may start again elsewhere</td><td>a last heartbeat with its checkpoint, no
 * verdict</td></tr>
 * </table>
 *
 * <p>An action that returns within the shutdown grace has succeeded: {@link CompletionRecorder}.
 */
final class FailureRecorder implements OwnedExecution.Recorder {

    private final ProtocolContext context;

    FailureRecorder(ProtocolContext context) {
        this.context = context;
    }

    @Override
    public Step<ExecutionResult> record(Completion completion) {
        Lease lease = completion.lease();
        boolean mayStartElsewhere =
                lease.migration().restartable() && !lease.attempt().isRevert();
        return !completion.ended() && mayStartElsewhere
                ? lastHeartbeat(lease, completion.action())
                : verdict(completion);
    }

    /** The process shuts down before the action has started: nothing happened, and the ledger says so. */
    Step<VersionedState> release(Lease lease) {
        LedgerState without = lease.snapshot().state().release(lease.token());
        return context.register()
                .commit(lease.snapshot(), without, context.untilCommitted())
                .then(result -> {
                    boolean still = !result.committed() && lease.isHeldIn(result.snapshot());
                    return still
                            ? release(lease.refreshed(result.snapshot(), lease.lastAttemptAt()))
                            : new Step.Done<>(result.snapshot());
                });
    }

    /**
     * An action that may start again elsewhere goes on although the process shuts down: a verdict would let another
     * process start it beside this one. So none is written; the lease expires when this process is gone, and the
     * checkpoint is kept for then.
     */
    private Step<ExecutionResult> lastHeartbeat(Lease lease, ActionExecution action) {
        return current(lease).then(now -> {
            RunningMigration running = now.state().running();
            if (running == null || !lease.isHeldIn(now)) {
                return new Step.Done<>(ExecutionResult.nothing(now));
            }
            LedgerState last =
                    now.state().heartbeat(lease.token(), action.lastCheckpoint().orElse(null), running.progress());
            return context.register()
                    .commit(now, last, context.untilCommitted())
                    .then(result -> {
                        Lease again = lease.refreshed(result.snapshot(), lease.lastAttemptAt());
                        return result.committed()
                                ? new Step.Done<>(ExecutionResult.nothing(result.snapshot()))
                                : lastHeartbeat(again, action);
                    });
        });
    }

    private Step<ExecutionResult> verdict(Completion completion) {
        Throwable failure = completion.failure();
        Throwable cause = failure != null ? failure : new RunCancelledException();
        String text = completion.action().errorText(cause, context.settings().recordErrorMessage());
        BlockingVerdict halted = new BlockingVerdict(
                completion.lease().attempt(),
                completion.cause() == Completion.Cause.COMPLETED ? Outcome.FAILED : Outcome.INTERRUPTED,
                completion.cause().messagePrefix + text,
                context.timeSource().wallTime(),
                completion.action().lastCheckpoint().orElse(null));
        return current(completion.lease()).then(now -> halt(now, halted, cause));
    }

    private Step<ExecutionResult> halt(VersionedState now, BlockingVerdict halted, Throwable cause) {
        String token = Objects.requireNonNull(halted.attempt().token());
        LedgerState state = now.state();
        if (!isOpen(state, token)) {
            // Another owner has taken over, so only the log shows the end of this attempt.
            return halted(now, halted, cause);
        }
        LedgerState next = state.fail(
                token, halted.outcome(), halted.error(), Objects.requireNonNull(halted.at()), halted.checkpoint());
        return context.register()
                .commit(now, next, context.untilCommitted())
                .then(result -> result.committed()
                        ? halted(result.snapshot(), halted, cause)
                        : halt(result.snapshot(), halted, cause));
    }

    private Step<ExecutionResult> halted(VersionedState now, BlockingVerdict halted, Throwable cause) {
        context.events().attemptFailed(halted, cause);
        return new Step.Done<>(ExecutionResult.nothing(now));
    }

    /** The current register, read again if the owner's copy may be outdated. */
    Step<VersionedState> current(Lease lease) {
        return lease.certain() && !lease.lost()
                ? new Step.Done<>(lease.snapshot())
                : context.register().reread(context.untilCommitted());
    }

    /** Whether an attempt is running in the ledger, or its verdict blocks. */
    static boolean isOpen(LedgerState state, String token) {
        return (state.running() != null && state.running().attempt().hasToken(token))
                || (state.halted() != null && state.halted().attempt().hasToken(token));
    }
}
