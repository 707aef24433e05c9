package dev.migrate.spring.actuate;

import dev.migrate.MigrationException;
import dev.migrate.internal.operations.LedgerOperations;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.report.Problem;
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
final class CachedLedgerReader {

    static final Duration MAX_AGE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(CachedLedgerReader.class);
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(3);

    /**
     * What can be told now.
     *
     * @param ledger what the ledger said when it was last read, or null
     * @param readAt when that was, or null
     * @param age how long ago that was, or null
     * @param problem why it cannot be read now, or null
     */
    record CachedLedger(
            @Nullable LedgerReport ledger,
            @Nullable Instant readAt,
            @Nullable Duration age,
            @Nullable Problem problem) {}

    private record ReadResult(LedgerReport ledger, Instant at, long nanos) {}

    private final LongSupplier nanos;
    private @Nullable FutureTask<ReadResult> current;
    private long begunAt;
    private volatile @Nullable ReadResult last;

    CachedLedgerReader() {
        this(System::nanoTime);
    }

    CachedLedgerReader(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Tells what the ledger of a workplace says. There is one workplace in the life of a view. */
    CachedLedger of(StartupContext place) {
        Problem problem = null;
        try {
            ReadResult unused = reading(place).get(storeTimeout(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            problem = new Problem(
                    "The ledger in " + place.store().describe() + " has not answered yet, after "
                            + STORE_TIMEOUT.toSeconds() + " s.",
                    "Ask again in a few seconds. If that stays so, look at the store and at the way to it.");
        } catch (ExecutionException e) {
            problem = problem(place, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = new Problem("The request was given up while the ledger was read.", "Ask again.");
        }
        ReadResult known = last;
        return known == null
                ? new CachedLedger(null, null, null, problem)
                : new CachedLedger(known.ledger, known.at, Duration.ofNanos(nanos.getAsLong() - known.nanos), problem);
    }

    /** The reading that everybody shares: the one that goes on, or the last one while it is fresh, or a new one. */
    private synchronized FutureTask<ReadResult> reading(StartupContext place) {
        FutureTask<ReadResult> known = current;
        if (known != null && !(known.isDone() && nanos.getAsLong() - begunAt >= MAX_AGE.toNanos())) {
            return known;
        }
        FutureTask<ReadResult> next = new FutureTask<>(() -> read(place));
        Thread thread = new Thread(next, "migrate-report");
        thread.setDaemon(true);
        begunAt = nanos.getAsLong();
        current = next;
        thread.start();
        return next;
    }

    private ReadResult read(StartupContext place) {
        // Asked once: who looks at the page asks again, and each time the store may be well.
        LedgerOperations desk =
                new LedgerOperations(place.store(), place.settings().environment(), Duration.ZERO);
        ReadResult reading = new ReadResult(desk.report(), Instant.now(), nanos.getAsLong());
        last = reading;
        return reading;
    }

    /** What is left of the patience of all who wait for the same reading. */
    private synchronized long storeTimeout() {
        return Math.max(0, begunAt + STORE_TIMEOUT.toNanos() - nanos.getAsLong());
    }

    private static Problem problem(StartupContext place, @Nullable Throwable cause) {
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
