package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.time.Durations;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.RunningMigration;
import java.time.Duration;
import java.util.Objects;

/** The steps of a process that waits while another process runs a migration, and takes over if that owner is lost. */
final class OwnerWatcher {

    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(2);

    private final ProtocolContext context;

    OwnerWatcher(ProtocolContext context) {
        this.context = context;
    }

    /**
     * Waits until the register changes, or until this process itself has seen it unchanged for the owner's whole lease.
     *
     * @return the step that ends with what follows: the changed register, or the update that takes over
     */
    Step<PendingUpdate> awaitOwner(VersionedState seen, RunningMigration running) {
        return poll(seen, running, Duration.ZERO, context.timeSource().monotonicNanos());
    }

    private Step<PendingUpdate> poll(
            VersionedState seen, RunningMigration running, Duration unchanged, long lastSeenAt) {
        context.events().waiting(running);
        return new Step.Wait<>(
                context.jittered(interval(running)),
                context.stopping(),
                () -> context.stopping().getAsBoolean()
                        ? ProtocolContext.cancelled()
                        : look(seen, running, unchanged, lastSeenAt));
    }

    /** A gap between two answers counts for two polls at most, so neither a pause nor an outage makes an owner look lost. */
    private Step<PendingUpdate> look(
            VersionedState seen, RunningMigration running, Duration unchanged, long lastSeenAt) {
        return context.register().readAgain(seen, context.untilShutdown()).then(now -> {
            if (!now.version().equals(seen.version())) {
                return new Step.Done<>(PendingUpdate.none(now));
            }
            Duration gap =
                    Durations.min(context.since(lastSeenAt), interval(running).multipliedBy(2));
            Duration total = unchanged.plus(gap);
            if (total.compareTo(running.lease().plus(interval(running))) > 0) {
                return takeOver(seen, running, total);
            }
            return poll(seen, running, total, context.timeSource().monotonicNanos());
        });
    }

    private static Duration interval(RunningMigration running) {
        return Durations.min(running.lease().dividedBy(6), MAX_POLL_INTERVAL);
    }

    /** The owner sent no heartbeat for its whole lease. Its receipt shows whether it had finished. */
    private Step<PendingUpdate> takeOver(VersionedState seen, RunningMigration running, Duration unchanged) {
        return context.receipt(running.id()).map(receipt -> {
            String error = "its owner (" + running.attempt().owner() + ") sent no heartbeat for " + unchanged.toMillis()
                    + " ms";
            LedgerState halted = seen.state()
                    .fail(
                            token(running),
                            Outcome.INTERRUPTED,
                            error,
                            context.timeSource().wallTime(),
                            null);
            PendingUpdate update = new PendingUpdate(
                    seen, halted, () -> context.events().publish(new MigrationEvent.TakenOver(running, unchanged)));
            return ReceiptReconciler.reconcile(update, running.attempt(), receipt, context)
                    .orElse(update);
        });
    }

    private static String token(RunningMigration running) {
        return Objects.requireNonNull(running.attempt().token(), "the reader refuses a claim without a token");
    }
}
