package dev.migrate.internal.reporting;

import dev.migrate.MigrationException;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.RunningMigration;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events to the listener, measures how long their conditions have lasted, and limits how often it repeats one. It
 * never changes the outcome of a run.
 */
public final class EventPublisher {

    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration ALTERNATION_INTERVAL = Duration.ofSeconds(10);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Consumer<? super MigrationEvent> listener;
    private final TimeSource timeSource;
    /** When each lasting condition was last published. */
    private final Map<Object, Long> publishedAt = new HashMap<>();

    /** When each lasting condition was first published. */
    private final Map<Object, Long> beganAt = new HashMap<>();

    private @Nullable Object lasting;
    /** When the outage of the store was first published; null if there is none. */
    private @Nullable Long unreachableSince;
    /** The attempt whose action this process started last, and when. */
    private @Nullable Attempt started;

    private long startedAt;

    public EventPublisher(Consumer<? super MigrationEvent> listener, TimeSource timeSource) {
        this.listener = listener;
        this.timeSource = timeSource;
    }

    public void publish(MigrationEvent event) {
        publishedAt.clear();
        beganAt.clear();
        send(event);
    }

    public void started(Attempt attempt, @Nullable BlockingVerdict previousVerdict) {
        started = attempt;
        startedAt = timeSource.monotonicNanos();
        publish(new MigrationEvent.Started(attempt, previousVerdict));
    }

    public void attemptFailed(BlockingVerdict verdict, Throwable cause) {
        publish(new MigrationEvent.AttemptFailed(verdict, cause, sinceStart(verdict.attempt())));
    }

    public void reverted(Attempt attempt) {
        publish(new MigrationEvent.Reverted(attempt, sinceStart(attempt)));
    }

    public void notice(String message, boolean warning) {
        send(new MigrationEvent.Notice(message, warning));
    }

    /** A heartbeat was written, so any trouble with the ledger is over. */
    public void progressed(RunningMigration running) {
        publish(new MigrationEvent.ProgressReported(running, sinceStart(running.attempt())));
    }

    public void waiting(RunningMigration running) {
        endRefusals();
        publishAtMostEvery(
                elapsed -> new MigrationEvent.Waiting(running, elapsed),
                "waiting " + running.attempt().token(),
                MINUTE);
    }

    public void blocked(BlockedStart block) {
        if (!isRefusal(block)) {
            endRefusals();
        }
        publishAtMostEvery(elapsed -> new MigrationEvent.Blocked(block, elapsed), block, FIVE_MINUTES);
    }

    public void ledgerTrouble(MigrationException cause, boolean refused) {
        if (refused) {
            blocked(accessDenied(cause));
        } else {
            publishAtMostEvery(
                    elapsed -> new MigrationEvent.LedgerUnreachable(text(cause), sinceOutage()), "unreachable", MINUTE);
        }
    }

    /** The ledger was read, so a later refusal is a new condition. */
    private void endRefusals() {
        beganAt.keySet().removeIf(EventPublisher::isRefusal);
    }

    private static boolean isRefusal(Object condition) {
        return condition instanceof BlockedStart block && block.verdict() == null;
    }

    private @Nullable Duration sinceStart(Attempt attempt) {
        return started != null && Objects.equals(started.token(), attempt.token()) ? since(startedAt) : null;
    }

    private Duration sinceOutage() {
        return unreachableSince == null ? Duration.ZERO : since(unreachableSince);
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(timeSource.monotonicNanos() - nanos);
    }

    public static BlockedStart accessDenied(MigrationException cause) {
        String text = text(cause);
        String sentence = text.endsWith(".") ? text : text + ".";
        return new BlockedStart("The ledger cannot be used. " + sentence, cause.action(), null);
    }

    private static String text(MigrationException cause) {
        return String.valueOf(cause.getMessage());
    }

    private void publishAtMostEvery(Function<Duration, MigrationEvent> event, Object what, Duration interval) {
        long now = timeSource.monotonicNanos();
        Long last = publishedAt.get(what);
        // A change of condition is published early, but not each time when two conditions alternate.
        boolean due = last == null || now - last >= (what.equals(lasting) ? interval : ALTERNATION_INTERVAL).toNanos();
        if (due) {
            lasting = what;
            publishedAt.put(what, now);
            long began = beganAt.computeIfAbsent(what, condition -> now);
            send(event.apply(Duration.ofNanos(now - began)));
        }
    }

    /** Every event except a notification shows that the ledger has answered. */
    private void send(MigrationEvent event) {
        boolean now = event instanceof MigrationEvent.LedgerUnreachable;
        if (unreachableSince != null && !now && !(event instanceof MigrationEvent.Notice)) {
            deliver(new MigrationEvent.LedgerRecovered(since(unreachableSince)));
            unreachableSince = null;
        }
        if (now && unreachableSince == null) {
            unreachableSince = timeSource.monotonicNanos();
        }
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
