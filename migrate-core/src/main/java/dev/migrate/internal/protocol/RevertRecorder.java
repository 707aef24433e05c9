package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.ledger.OperatorTransitions;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.listener.Attempt;
import org.jspecify.annotations.Nullable;

/** The steps that record the result of an action that reverts a migration. */
final class RevertRecorder implements OwnedExecution.Recorder {

    private final ProtocolContext context;
    private final FailureRecorder failures;
    private final @Nullable Operator by;
    private final @Nullable String reason;

    /**
     * @param by who asked for it, or null
     * @param reason why, or null
     */
    RevertRecorder(ProtocolContext context, @Nullable Operator by, @Nullable String reason) {
        this.context = context;
        this.failures = new FailureRecorder(context);
        this.by = by;
        this.reason = reason;
    }

    @Override
    public Step<ExecutionResult> record(Completion completion) {
        Lease lease = completion.lease();
        return completion.succeeded()
                ? failures.current(lease).then(now -> deleteReceipt(lease, now))
                : failures.record(completion);
    }

    /** Deletes the receipt first. Once it is gone, the migration is reverted, also if this process ends now. */
    private Step<ExecutionResult> deleteReceipt(Lease lease, VersionedState now) {
        if (!isOpen(now.state(), lease)) {
            // A person has decided on the attempt in the meantime.
            return new Step.Done<>(ExecutionResult.nothing(now));
        }
        return context.untilCommitted()
                .call(store -> {
                    context.receipts()
                            .delete(
                                    store,
                                    lease.migration().id(),
                                    lease.attempt().number());
                    return true;
                })
                .then(gone -> update(lease, now));
    }

    private Step<ExecutionResult> update(Lease lease, VersionedState now) {
        Attempt attempt = lease.attempt();
        if (!isOpen(now.state(), lease)) {
            // Another process saw that the receipt was gone, and has recorded it.
            return reverted(attempt, now);
        }
        LedgerState next =
                new OperatorTransitions(context.timeSource().wallTime(), by, reason).revert(now.state(), attempt);
        return context.register()
                .commit(now, next, context.untilCommitted())
                .then(result ->
                        result.committed() ? reverted(attempt, result.snapshot()) : update(lease, result.snapshot()));
    }

    /** Whether nobody has recorded the end of this attempt, even where a build without the migration has gone on since. */
    private static boolean isOpen(LedgerState state, Lease lease) {
        return FailureRecorder.isOpen(state, lease.token()) || OperatorTransitions.isOpen(state, lease.attempt());
    }

    private Step<ExecutionResult> reverted(Attempt attempt, VersionedState now) {
        context.events().reverted(attempt);
        return new Step.Done<>(ExecutionResult.reverted(now, attempt));
    }
}
