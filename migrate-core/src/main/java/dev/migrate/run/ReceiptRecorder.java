package dev.migrate.run;

import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Step;

/** The steps that record the end of an action that applies a migration. */
final class ReceiptRecorder implements OwnedExecution.Recorder {

    private final Tools tools;
    private final FailureRecorder failures;

    ReceiptRecorder(Tools tools) {
        this.tools = tools;
        this.failures = new FailureRecorder(tools);
    }

    @Override
    public Step<ExecutionResult> record(Completion completion) {
        return completion.succeeded() ? receipt(completion) : failures.record(completion);
    }

    /** The receipt comes first: from here on, whatever happens, the migration is applied. */
    private Step<ExecutionResult> receipt(Completion completion) {
        Hold hold = completion.hold();
        Applied done = new Applied(
                hold.attempt(), tools.ticker().now(), completion.action().took());
        return tools.untilCommitted()
                .call(store ->
                        tools.receipts().write(store, done, hold.snapshot().state()::isUndone))
                .then(written -> {
                    written(done, written.attempt());
                    return failures.current(hold);
                })
                .map(now -> ExecutionResult.applied(now, done));
    }

    private void written(Applied done, Attempt there) {
        tools.herald().tell(new MigrationEvent.AppliedNow(done));
        if (!done.attempt().has(String.valueOf(there.token()))) {
            tools.herald()
                    .notice(
                            "The receipt of " + done.attempt().title() + " was there before this attempt wrote it:"
                                    + " somebody else applied it too.",
                            true);
        }
    }
}
