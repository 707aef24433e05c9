package dev.migrate.run;

import dev.migrate.ledger.Acts;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Operator;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import org.jspecify.annotations.Nullable;

/** The steps that record the end of an action that undoes a migration. */
final class RevertRecorder implements OwnedExecution.Recorder {

    private final Tools tools;
    private final FailureRecorder failures;
    private final @Nullable Operator by;
    private final @Nullable String reason;

    /**
     * @param by who asked for it, or null
     * @param reason why, or null
     */
    RevertRecorder(Tools tools, @Nullable Operator by, @Nullable String reason) {
        this.tools = tools;
        this.failures = new FailureRecorder(tools);
        this.by = by;
        this.reason = reason;
    }

    @Override
    public Step<ExecutionResult> record(Completion completion) {
        Hold hold = completion.hold();
        return completion.succeeded()
                ? failures.current(hold).then(now -> deleteReceipt(hold, now))
                : failures.record(completion);
    }

    /** The disappearance of the receipt comes first: from here on, whatever happens, the migration is undone. */
    private Step<ExecutionResult> deleteReceipt(Hold hold, Snapshot now) {
        if (!isOpen(now.state(), hold)) {
            // A person has decided on the attempt in the meantime.
            return new Step.End<>(ExecutionResult.nothing(now));
        }
        return tools.untilCommitted()
                .call(store -> {
                    tools.receipts()
                            .delete(store, hold.migration().id(), hold.attempt().number());
                    return true;
                })
                .then(gone -> update(hold, now));
    }

    private Step<ExecutionResult> update(Hold hold, Snapshot now) {
        Attempt attempt = hold.attempt();
        if (!isOpen(now.state(), hold)) {
            // Another process saw that the receipt was gone, and has recorded it.
            return reverted(attempt, now);
        }
        LedgerState next = new Acts(tools.ticker().now(), by, reason).revert(now.state(), attempt);
        return tools.register()
                .commit(now, next, tools.untilCommitted())
                .then(result ->
                        result.committed() ? reverted(attempt, result.snapshot()) : update(hold, result.snapshot()));
    }

    /** Whether nobody has recorded the end of this attempt, even where a build without the migration has gone on since. */
    private static boolean isOpen(LedgerState state, Hold hold) {
        return FailureRecorder.isOpen(state, hold.token()) || Acts.isUndecided(state, hold.attempt());
    }

    private Step<ExecutionResult> reverted(Attempt attempt, Snapshot now) {
        tools.herald().tell(new MigrationEvent.Reverted(attempt));
        return new Step.End<>(ExecutionResult.reverted(now, attempt));
    }
}
