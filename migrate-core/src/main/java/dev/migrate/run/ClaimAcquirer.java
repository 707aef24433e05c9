package dev.migrate.run;

import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.RetryPolicy;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Step;
import java.util.Map;
import java.util.Objects;

/** The steps from deciding on a migration to the start of its action. */
final class ClaimAcquirer {

    private final Tools tools;
    private final FailureRecorder failures;
    private final boolean reverts;

    /**
     * @param reverts whether the actions are undone
     */
    ClaimAcquirer(Tools tools, boolean reverts) {
        this.tools = tools;
        this.failures = new FailureRecorder(tools);
        this.reverts = reverts;
    }

    /**
     * Claims a migration and starts its action.
     *
     * @param update what the same write does beside the claim
     */
    Step<ClaimResult> claim(PendingUpdate update, MigrationDefinition migration) {
        Attempt attempt = attempt(update, migration);
        LedgerState next = update.next().claim(attempt, tools.settings().lease());
        RetryPolicy retry = tools.untilShutdown(
                update.isCompletion() ? tools.herald()::trouble : tools.troubleAtStart(), tools.beat());
        return tools.register().commit(update.base(), next, retry).then(result -> {
            if (!result.undecided()) {
                return claimed(update, new Hold(migration, attempt, result.snapshot(), result.sentAt()));
            }
            // If shutdown begins while the outcome of the claim is unknown, re-read the register so that no claim stays
            // behind.
            return tools.register()
                    .reread(tools.untilCommitted())
                    .then(now -> claimed(update, new Hold(migration, attempt, now, result.sentAt())));
        });
    }

    private Attempt attempt(PendingUpdate update, MigrationDefinition migration) {
        return new Attempt(
                migration.id(),
                migration.name(),
                update.next().nextAttempt(migration.id()),
                tools.tokens().get(),
                tools.ticker().now(),
                tools.settings().deployment(),
                tools.settings().owner(),
                reverts,
                Map.of());
    }

    private Step<ClaimResult> claimed(PendingUpdate update, Hold hold) {
        if (!hold.standsIn(hold.snapshot())) {
            return notStarted(update.rebase(hold.snapshot()));
        }
        update.onCommitted().run();
        if (tools.stopping().getAsBoolean()) {
            return release(hold);
        }
        // A listener may take long, so the deadline is looked at after this.
        Attempt attempt = hold.attempt();
        Halted after = hold.snapshot().state().before(attempt).orElse(null);
        tools.herald().tell(new MigrationEvent.Started(attempt, after));
        return begin(hold);
    }

    /** Starts the action, unless the lease has run out before it could start: then the claim is confirmed first. */
    private Step<ClaimResult> begin(Hold hold) {
        if (tools.stopping().getAsBoolean()) {
            return release(hold);
        }
        if (tools.ticker().nanos() - hold.sentAt() >= tools.settings().lease().toNanos()) {
            return confirm(hold);
        }
        Running running = Objects.requireNonNull(hold.snapshot().state().running());
        Work action = tools.shop().start(hold.migration(), hold.attempt(), running.checkpoint());
        return new Step.End<>(new ClaimResult.Started(hold, action));
    }

    /** One more write in the owner's name, which only an owner can make. */
    private Step<ClaimResult> confirm(Hold hold) {
        Running running = Objects.requireNonNull(hold.snapshot().state().running());
        LedgerState beaten = hold.snapshot().state().beat(hold.token(), running.checkpoint(), running.progress());
        return tools.register()
                .commit(hold.snapshot(), beaten, tools.untilCommitted())
                .then(result -> {
                    if (result.committed()) {
                        return begin(hold.beaten(result));
                    }
                    Hold now = hold.seen(result.snapshot(), tools.ticker().nanos());
                    return now.lost() ? notStarted(PendingUpdate.none(now.snapshot())) : confirm(now);
                });
    }

    /** The process shuts down before the action has started. */
    private Step<ClaimResult> release(Hold hold) {
        return failures.release(hold).then(now -> notStarted(PendingUpdate.none(now)));
    }

    private static Step<ClaimResult> notStarted(PendingUpdate next) {
        return new Step.End<>(new ClaimResult.NotStarted(next));
    }
}
