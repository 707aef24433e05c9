package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.ActionExecution;

/** The result of an attempt to claim a migration. */
sealed interface ClaimResult {

    /** The migration is claimed, and its action runs. */
    record Started(Lease lease, ActionExecution action) implements ClaimResult {}

    /** No action was started: another write was first, or the process shuts down and has given the claim back. */
    record NotStarted(PendingUpdate next) implements ClaimResult {}
}
