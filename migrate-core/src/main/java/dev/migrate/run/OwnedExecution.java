package dev.migrate.run;

import dev.migrate.ledger.Step;

/** All that an owner does with one migration: it claims the migration, supervises its action, and records the end. */
final class OwnedExecution {

    /** Records the end of an action. */
    interface Recorder {
        Step<ExecutionResult> record(Completion completion);
    }

    private final ClaimAcquirer claims;
    private final Supervision supervision;
    private final Recorder recorder;

    private OwnedExecution(Tools tools, boolean reverts, Recorder recorder) {
        this.claims = new ClaimAcquirer(tools, reverts);
        this.supervision = new Supervision(tools);
        this.recorder = recorder;
    }

    static OwnedExecution toApply(Tools tools) {
        return new OwnedExecution(tools, false, new ReceiptRecorder(tools));
    }

    static OwnedExecution toRevert(Tools tools, RevertRecorder recorder) {
        return new OwnedExecution(tools, true, recorder);
    }

    /**
     * Executes a migration.
     *
     * @param update what the write of the claim does beside the claim
     */
    Step<ExecutionResult> run(PendingUpdate update, MigrationDefinition migration) {
        return claims.claim(update, migration)
                .then(claim -> claim instanceof ClaimResult.Started started
                        ? supervision.supervise(started).then(recorder::record)
                        : new Step.End<>(ExecutionResult.nothing(((ClaimResult.NotStarted) claim).next())));
    }
}
