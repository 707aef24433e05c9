package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.Step;

/** The work of an owner on one migration: it claims the migration, supervises its action, and records the result. */
final class OwnedExecution {

    /** Records the result of an action. */
    interface Recorder {
        Step<ExecutionResult> record(Completion completion);
    }

    private final ClaimAcquirer claims;
    private final Supervision supervision;
    private final Recorder recorder;

    private OwnedExecution(ProtocolContext context, boolean reverts, Recorder recorder) {
        this.claims = new ClaimAcquirer(context, reverts);
        this.supervision = new Supervision(context);
        this.recorder = recorder;
    }

    static OwnedExecution toApply(ProtocolContext context) {
        return new OwnedExecution(context, false, new CompletionRecorder(context));
    }

    static OwnedExecution toRevert(ProtocolContext context, RevertRecorder recorder) {
        return new OwnedExecution(context, true, recorder);
    }

    /**
     * Executes a migration.
     *
     * @param update the update that the write of the claim also makes
     */
    Step<ExecutionResult> run(PendingUpdate update, MigrationDefinition migration) {
        return claims.claim(update, migration)
                .then(claim -> claim instanceof ClaimResult.Started started
                        ? supervision.supervise(started).then(recorder::record)
                        : new Step.Done<>(ExecutionResult.nothing(((ClaimResult.NotStarted) claim).next())));
    }
}
