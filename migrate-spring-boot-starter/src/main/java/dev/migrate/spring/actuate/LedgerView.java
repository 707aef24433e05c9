package dev.migrate.spring.actuate;

import dev.migrate.MigrationException;
import dev.migrate.run.LedgerDesk;
import dev.migrate.run.LedgerFacts;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.report.Problem;
import dev.migrate.text.ForeignText;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ledger says, read at most once in five seconds, whoever asks and however often. A reading that failed counts
 * as one, so that a store in trouble is not asked more often than one that is well. Nobody waits for long: what was
 * read last is told, with its age, and with what is wrong now.
 */
final class LedgerView {

    static final Duration KEPT = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(LedgerView.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * What can be told now.
     *
     * @param facts what the ledger said when it was last read, or null
     * @param readAt when that was, or null
     * @param age how long ago that was, or null
     * @param problem why it cannot be read now, or null
     */
    record Seen(
            @Nullable LedgerFacts facts, @Nullable Instant readAt, @Nullable Duration age, @Nullable Problem problem) {}

    private record Reading(LedgerFacts facts, Instant at, long nanos) {}

    private final LongSupplier nanos;
    private @Nullable FutureTask<Reading> current;
    private long begunAt;
    private volatile @Nullable Reading last;

    LedgerView() {
        this(System::nanoTime);
    }

    LedgerView(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Tells what the ledger of a workplace says. There is one workplace in the life of a view. */
    Seen of(Workplace place) {
        Problem problem = null;
        try {
            Reading unused = reading(place).get(patience(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            problem = new Problem(
                    "The ledger in " + place.store().describe() + " has not answered yet, after " + PATIENCE.toSeconds()
                            + " s.",
                    "Ask again in a few seconds. If that stays so, look at the store and at the way to it.");
        } catch (ExecutionException e) {
            problem = problem(place, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = new Problem("The request was given up while the ledger was read.", "Ask again.");
        }
        Reading known = last;
        return known == null
                ? new Seen(null, null, null, problem)
                : new Seen(known.facts, known.at, Duration.ofNanos(nanos.getAsLong() - known.nanos), problem);
    }

    /** The reading that everybody shares: the one that goes on, or the last one while it is fresh, or a new one. */
    private synchronized FutureTask<Reading> reading(Workplace place) {
        FutureTask<Reading> known = current;
        if (known != null && !(known.isDone() && nanos.getAsLong() - begunAt >= KEPT.toNanos())) {
            return known;
        }
        FutureTask<Reading> next = new FutureTask<>(() -> read(place));
        Thread thread = new Thread(next, "migrate-report");
        thread.setDaemon(true);
        begunAt = nanos.getAsLong();
        current = next;
        thread.start();
        return next;
    }

    private Reading read(Workplace place) {
        // Asked once: who looks at the page asks again, and each time the store may be well.
        LedgerDesk desk = new LedgerDesk(place.store(), place.settings().environment(), Duration.ZERO);
        Reading reading = new Reading(desk.facts(), Instant.now(), nanos.getAsLong());
        last = reading;
        return reading;
    }

    /** What is left of the patience of all who wait for the same reading. */
    private synchronized long patience() {
        return Math.max(0, begunAt + PATIENCE.toNanos() - nanos.getAsLong());
    }

    private static Problem problem(Workplace place, @Nullable Throwable cause) {
        if (cause instanceof MigrationException known) {
            return Problem.of(known);
        }
        log.warn(
                "The ledger in {} cannot be read",
                place.store().describe(),
                cause == null ? null : ForeignText.printable(cause));
        String what = cause == null ? "" : " (" + cause.getClass().getName() + ")";
        return new Problem(
                "The ledger in " + place.store().describe() + " cannot be read" + what + ".", "The log tells more.");
    }
}
