package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.plan.RunResults;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * The result of an execution.
 *
 * @param next the update that is left to write, and the register to continue from
 * @param applied the migration that was applied, or null
 * @param reverted the attempt that reverted a migration, or null
 */
record ExecutionResult(PendingUpdate next, @Nullable AppliedMigration applied, @Nullable Attempt reverted) {

    /** Nothing was applied or reverted. */
    static ExecutionResult nothing(PendingUpdate next) {
        return new ExecutionResult(next, null, null);
    }

    static ExecutionResult nothing(VersionedState now) {
        return nothing(PendingUpdate.none(now));
    }

    static ExecutionResult applied(VersionedState now, AppliedMigration done) {
        return new ExecutionResult(PendingUpdate.completion(now, done), done, null);
    }

    static ExecutionResult reverted(VersionedState now, Attempt reverted) {
        return new ExecutionResult(PendingUpdate.none(now), null, reverted);
    }

    RunResults addTo(RunResults runContext) {
        RunResults more = applied == null ? runContext : runContext.applied(applied);
        return reverted == null ? more : more.reverted(reverted);
    }
}
