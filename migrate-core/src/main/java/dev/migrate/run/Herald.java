package dev.migrate.run;

import dev.migrate.MigrationException;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Ticker;
import dev.migrate.text.ForeignText;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener, and repeats what lasts neither too often nor too seldom. Nothing that it does changes a run. */
final class Herald {

    private static final Logger log = LoggerFactory.getLogger(MigrationRunner.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TURNS = Duration.ofSeconds(10);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Consumer<? super MigrationEvent> listener;
    private final Ticker ticker;
    /** When each of the things that last was last told. */
    private final Map<Object, Long> toldAt = new HashMap<>();

    private @Nullable Object lasting;
    private boolean unreachable;

    Herald(Consumer<? super MigrationEvent> listener, Ticker ticker) {
        this.listener = listener;
        this.ticker = ticker;
    }

    void tell(MigrationEvent event) {
        toldAt.clear();
        send(event);
    }

    void notice(String message, boolean warning) {
        send(new MigrationEvent.Noticed(message, warning));
    }

    /** A beat went through; what was wrong with the ledger, if anything, is over. */
    void progressed(Running running) {
        tell(new MigrationEvent.Progressed(running));
    }

    void waiting(Running running) {
        lasting(
                new MigrationEvent.Waiting(running),
                "waiting " + running.attempt().token(),
                MINUTE);
    }

    void blocked(Block block) {
        lasting(new MigrationEvent.Blocked(block), block, FIVE_MINUTES);
    }

    void trouble(MigrationException cause, boolean refused) {
        if (refused) {
            blocked(refusal(cause));
        } else {
            lasting(new MigrationEvent.LedgerUnreachable(text(cause)), "unreachable", MINUTE);
        }
    }

    static Block refusal(MigrationException cause) {
        String text = text(cause);
        String sentence = text.endsWith(".") ? text : text + ".";
        return new Block("The ledger cannot be used. " + sentence, cause.action(), null);
    }

    private static String text(MigrationException cause) {
        return String.valueOf(cause.getMessage());
    }

    private void lasting(MigrationEvent event, Object what, Duration interval) {
        long now = ticker.nanos();
        Long last = toldAt.get(what);
        // When one thing gives way to another it is told again, but not each time where the two take turns.
        boolean due = last == null || now - last >= (what.equals(lasting) ? interval : TURNS).toNanos();
        if (due) {
            lasting = what;
            toldAt.put(what, now);
            send(event);
        }
    }

    /** Whatever else happens, the ledger has answered. */
    private void send(MigrationEvent event) {
        boolean now = event instanceof MigrationEvent.LedgerUnreachable;
        if (unreachable && !now && !(event instanceof MigrationEvent.Noticed)) {
            deliver(new MigrationEvent.LedgerReached());
            unreachable = false;
        }
        unreachable |= now;
        deliver(event);
    }

    /** Whatever a listener throws, also an error: there may be an action running that must not be left behind. */
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
