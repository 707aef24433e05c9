package dev.migrate.run;

import dev.migrate.ledger.Durations;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Verdict;
import java.time.Duration;
import java.util.Objects;

/** The steps of a process that waits while another one owns the register, and replaces an owner that is gone. */
final class OwnerWatcher {

    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(2);

    private final Tools tools;

    OwnerWatcher(Tools tools) {
        this.tools = tools;
    }

    /**
     * Waits until the register changes, or until this process itself has seen it unchanged for the owner's whole lease.
     *
     * @return the step that ends with what follows: the changed register, or the update that takes over
     */
    Step<PendingUpdate> awaitOwner(Snapshot seen, Running running) {
        return poll(seen, running, Duration.ZERO, tools.ticker().nanos());
    }

    private Step<PendingUpdate> poll(Snapshot seen, Running running, Duration unchanged, long lastSeenAt) {
        tools.herald().waiting(running);
        return new Step.Pause<>(
                tools.jittered(interval(running)),
                tools.stopping(),
                () -> tools.stopping().getAsBoolean() ? Tools.stopped() : look(seen, running, unchanged, lastSeenAt));
    }

    /** A gap between two answers counts for two polls at most, so neither a pause nor an outage makes an owner look lost. */
    private Step<PendingUpdate> look(Snapshot seen, Running running, Duration unchanged, long lastSeenAt) {
        return tools.register().readAgain(seen, tools.untilShutdown()).then(now -> {
            if (!now.version().equals(seen.version())) {
                return new Step.End<>(PendingUpdate.none(now));
            }
            Duration gap =
                    Durations.min(tools.since(lastSeenAt), interval(running).multipliedBy(2));
            Duration total = unchanged.plus(gap);
            if (total.compareTo(running.lease().plus(interval(running))) > 0) {
                return takeOver(seen, running, total);
            }
            return poll(seen, running, total, tools.ticker().nanos());
        });
    }

    private static Duration interval(Running running) {
        return Durations.min(running.lease().dividedBy(6), MAX_POLL_INTERVAL);
    }

    /** The owner was not heard of for its whole lease: its receipt says whether it had finished. */
    private Step<PendingUpdate> takeOver(Snapshot seen, Running running, Duration unchanged) {
        return tools.receipt(running.id()).map(receipt -> {
            String error = "its owner (" + running.attempt().owner() + ") was not heard of for " + unchanged.toMillis()
                    + " ms";
            LedgerState halted = seen.state()
                    .halt(
                            token(running),
                            Verdict.INTERRUPTED,
                            error,
                            tools.ticker().now(),
                            null);
            PendingUpdate update =
                    new PendingUpdate(seen, halted, () -> tools.herald().tell(new MigrationEvent.TakenOver(running)));
            return ReceiptReconciler.reconcile(update, running.attempt(), receipt, tools)
                    .orElse(update);
        });
    }

    private static String token(Running running) {
        return Objects.requireNonNull(running.attempt().token(), "the reader refuses a claim without a token");
    }
}
