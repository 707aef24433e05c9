package dev.migrate.internal.reporting;

import dev.migrate.MigrationException;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.RunningMigration;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes events to the listener and limits how often it repeats a lasting condition. It never changes the outcome of a run. */
public final class EventPublisher {

    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration ALTERNATION_INTERVAL = Duration.ofSeconds(10);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Consumer<? super MigrationEvent> listener;
    private final TimeSource timeSource;
    /** When each lasting condition was last published. */
    private final Map<Object, Long> publishedAt = new HashMap<>();

    private @Nullable Object lasting;
    private boolean unreachable;

    public EventPublisher(Consumer<? super MigrationEvent> listener, TimeSource timeSource) {
        this.listener = listener;
        this.timeSource = timeSource;
    }

    public void publish(MigrationEvent event) {
        publishedAt.clear();
        send(event);
    }

    public void notice(String message, boolean warning) {
        send(new MigrationEvent.Notice(message, warning));
    }

    /** A heartbeat was written, so any trouble with the ledger is over. */
    public void progressed(RunningMigration running) {
        publish(new MigrationEvent.ProgressReported(running));
    }

    public void waiting(RunningMigration running) {
        publishAtMostEvery(
                new MigrationEvent.Waiting(running),
                "waiting " + running.attempt().token(),
                MINUTE);
    }

    public void blocked(BlockedStart block) {
        publishAtMostEvery(new MigrationEvent.Blocked(block), block, FIVE_MINUTES);
    }

    public void ledgerTrouble(MigrationException cause, boolean refused) {
        if (refused) {
            blocked(accessDenied(cause));
        } else {
            publishAtMostEvery(new MigrationEvent.LedgerUnreachable(text(cause)), "unreachable", MINUTE);
        }
    }

    public static BlockedStart accessDenied(MigrationException cause) {
        String text = text(cause);
        String sentence = text.endsWith(".") ? text : text + ".";
        return new BlockedStart("The ledger cannot be used. " + sentence, cause.action(), null);
    }

    private static String text(MigrationException cause) {
        return String.valueOf(cause.getMessage());
    }

    private void publishAtMostEvery(MigrationEvent event, Object what, Duration interval) {
        long now = timeSource.monotonicNanos();
        Long last = publishedAt.get(what);
        // A change of condition is published early, but not each time when two conditions alternate.
        boolean due = last == null || now - last >= (what.equals(lasting) ? interval : ALTERNATION_INTERVAL).toNanos();
        if (due) {
            lasting = what;
            publishedAt.put(what, now);
            send(event);
        }
    }

    /** Every event except a notification shows that the ledger has answered. */
    private void send(MigrationEvent event) {
        boolean now = event instanceof MigrationEvent.LedgerUnreachable;
        if (unreachable && !now && !(event instanceof MigrationEvent.Notice)) {
            deliver(new MigrationEvent.LedgerRecovered());
            unreachable = false;
        }
        unreachable |= now;
        deliver(event);
    }

    /** Catches everything that a listener throws, also errors: an action may be running and must not be abandoned. */
    private void deliver(MigrationEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable e) {
            log.warn(
                    "A listener failed on {}; the run goes on",
                    event.getClass().getSimpleName(),
                    ForeignText.printable(e));
        }
    }
}
