package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.ActionExecution;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.RetryPolicy;
import dev.migrate.internal.ledger.Step;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import java.util.Map;
import java.util.Objects;

/** The steps from the decision to run a migration to the start of its action. */
final class ClaimAcquirer {

    private final ProtocolContext context;
    private final FailureRecorder failures;
    private final boolean reverts;

    /**
     * @param reverts whether the actions revert migrations
     */
    ClaimAcquirer(ProtocolContext context, boolean reverts) {
        this.context = context;
        this.failures = new FailureRecorder(context);
        this.reverts = reverts;
    }

    /**
     * Claims a migration and starts its action.
     *
     * @param update the update that the same write also makes
     */
    Step<ClaimResult> claim(PendingUpdate update, MigrationDefinition migration) {
        Attempt attempt = attempt(update, migration);
        LedgerState next = update.next().claim(attempt, context.settings().lease());
        RetryPolicy retry = context.untilShutdown(
                update.isCompletion() ? context.events()::ledgerTrouble : context.retryListenerAtStart(),
                context.heartbeatInterval());
        return context.register().commit(update.base(), next, retry).then(result -> {
            if (!result.undecided()) {
                return claimed(update, new Lease(migration, attempt, result.snapshot(), result.sentAt()));
            }
            // If shutdown begins while the outcome of the claim is unknown, re-read the register so that no claim stays
            // behind.
            return context.register()
                    .reread(context.untilCommitted())
                    .then(now -> claimed(update, new Lease(migration, attempt, now, result.sentAt())));
        });
    }

    private Attempt attempt(PendingUpdate update, MigrationDefinition migration) {
        return new Attempt(
                migration.id(),
                migration.name(),
                update.next().nextAttempt(migration.id()),
                context.effects().tokens().get(),
                context.timeSource().wallTime(),
                context.settings().deployment(),
                context.settings().owner(),
                reverts,
                Map.of());
    }

    private Step<ClaimResult> claimed(PendingUpdate update, Lease lease) {
        if (!lease.isHeldIn(lease.snapshot())) {
            return notStarted(update.rebase(lease.snapshot()));
        }
        update.onCommitted().run();
        if (context.stopping().getAsBoolean()) {
            return release(lease);
        }
        // A listener may be slow, so the lease is checked after this.
        Attempt attempt = lease.attempt();
        BlockingVerdict after =
                lease.snapshot().state().previousVerdict(attempt).orElse(null);
        context.events().started(attempt, after);
        return begin(lease);
    }

    /** Starts the action. If the lease has expired by now, confirms the claim first. */
    private Step<ClaimResult> begin(Lease lease) {
        if (context.stopping().getAsBoolean()) {
            return release(lease);
        }
        if (context.timeSource().monotonicNanos() - lease.renewedAt()
                >= context.settings().lease().toNanos()) {
            return confirm(lease);
        }
        RunningMigration running =
                Objects.requireNonNull(lease.snapshot().state().running());
        ActionExecution action = context.actions().start(lease.migration(), lease.attempt(), running.checkpoint());
        return new Step.Done<>(new ClaimResult.Started(lease, action));
    }

    /** Writes a heartbeat, which succeeds only if this process still owns the claim. */
    private Step<ClaimResult> confirm(Lease lease) {
        RunningMigration running =
                Objects.requireNonNull(lease.snapshot().state().running());
        LedgerState renewed =
                lease.snapshot().state().heartbeat(lease.token(), running.checkpoint(), running.progress());
        return context.register()
                .commit(lease.snapshot(), renewed, context.untilCommitted())
                .then(result -> {
                    if (result.committed()) {
                        return begin(lease.renewed(result));
                    }
                    Lease now = lease.refreshed(
                            result.snapshot(), context.timeSource().monotonicNanos());
                    return now.lost() ? notStarted(PendingUpdate.none(now.snapshot())) : confirm(now);
                });
    }

    /** The process shuts down before the action has started. */
    private Step<ClaimResult> release(Lease lease) {
        return failures.release(lease).then(now -> notStarted(PendingUpdate.none(now)));
    }

    private static Step<ClaimResult> notStarted(PendingUpdate next) {
        return new Step.Done<>(new ClaimResult.NotStarted(next));
    }
}
