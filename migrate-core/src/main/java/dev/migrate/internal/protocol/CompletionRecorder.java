package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.Step;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.MigrationEvent;

/** The steps that record the result of an action that applies a migration. */
final class CompletionRecorder implements OwnedExecution.Recorder {

    private final ProtocolContext context;
    private final FailureRecorder failures;

    CompletionRecorder(ProtocolContext context) {
        this.context = context;
        this.failures = new FailureRecorder(context);
    }

    @Override
    public Step<ExecutionResult> record(Completion completion) {
        return completion.succeeded() ? receipt(completion) : failures.record(completion);
    }

    /** Writes the receipt first. Once it exists, the migration is applied, also if this process ends now. */
    private Step<ExecutionResult> receipt(Completion completion) {
        Lease lease = completion.lease();
        AppliedMigration done = new AppliedMigration(
                lease.attempt(),
                context.timeSource().wallTime(),
                completion.action().elapsed());
        return context.untilCommitted()
                .call(store ->
                        context.receipts().write(store, done, lease.snapshot().state()::isReverted))
                .then(written -> {
                    written(done, written.attempt());
                    return failures.current(lease);
                })
                .map(now -> ExecutionResult.applied(now, done));
    }

    private void written(AppliedMigration done, Attempt there) {
        context.events().publish(new MigrationEvent.Applied(done));
        if (!done.attempt().hasToken(String.valueOf(there.token()))) {
            context.events()
                    .notice(
                            "The receipt of " + done.attempt().displayName()
                                    + " was there before this attempt wrote it: another process also applied the migration.",
                            true);
        }
    }
}
