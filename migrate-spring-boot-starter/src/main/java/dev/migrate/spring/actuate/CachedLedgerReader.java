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
 * Reads the ledger at most once every five seconds, independent of the number of requests. Failed reads count, so a
 * failing store receives no more requests than a healthy one. A request waits at most three seconds; then it gets the
 * last result with its age and the current problem.
 */
final class CachedLedgerReader {

    static final Duration MAX_AGE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(CachedLedgerReader.class);
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(3);

    /**
     * The cached result.
     *
     * @param ledger the last successful result, or null
     * @param readAt time of that read, or null
     * @param age age of that result, or null
     * @param problem why the ledger cannot be read now, or null
     */
    record CachedLedger(
            @Nullable LedgerReport ledger,
            @Nullable Instant readAt,
            @Nullable Duration age,
            @Nullable Problem problem) {}

    private record ReadResult(LedgerReport ledger, Instant at, long nanos) {}

    private final LongSupplier nanos;
    private @Nullable FutureTask<ReadResult> current;
    private long startedAt;
    private volatile @Nullable ReadResult last;

    CachedLedgerReader() {
        this(System::nanoTime);
    }

    CachedLedgerReader(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Returns the state of the context's ledger. A reader is used with one context only. */
    CachedLedger of(StartupContext context) {
        Problem problem = null;
        try {
            ReadResult unused = reading(context).get(storeTimeout(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            problem = new Problem(
                    "The ledger in " + context.store().describe() + " has not answered after "
                            + STORE_TIMEOUT.toSeconds() + " s.",
                    "Retry in a few seconds. If the problem persists, check the store and the network.");
        } catch (ExecutionException e) {
            problem = problem(context, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = new Problem("The request was cancelled while the ledger was read.", "Retry the request.");
        }
        ReadResult lastRead = last;
        return lastRead == null
                ? new CachedLedger(null, null, null, problem)
                : new CachedLedger(
                        lastRead.ledger, lastRead.at, Duration.ofNanos(nanos.getAsLong() - lastRead.nanos), problem);
    }

    /** Returns the shared read: the one in progress, the last one while it is fresh, or a new one. */
    private synchronized FutureTask<ReadResult> reading(StartupContext context) {
        FutureTask<ReadResult> lastRead = current;
        if (lastRead != null && !(lastRead.isDone() && nanos.getAsLong() - startedAt >= MAX_AGE.toNanos())) {
            return lastRead;
        }
        FutureTask<ReadResult> next = new FutureTask<>(() -> read(context));
        Thread thread = new Thread(next, "migrate-report");
        thread.setDaemon(true);
        startedAt = nanos.getAsLong();
        current = next;
        thread.start();
        return next;
    }

    private ReadResult read(StartupContext context) {
        // One request without retries: the page reloads anyway.
        LedgerOperations operations =
                new LedgerOperations(context.store(), context.settings().environment(), Duration.ZERO);
        ReadResult reading = new ReadResult(operations.report(), Instant.now(), nanos.getAsLong());
        last = reading;
        return reading;
    }

    /** Returns the remaining wait for the shared read, in nanoseconds. */
    private synchronized long storeTimeout() {
        return Math.max(0, startedAt + STORE_TIMEOUT.toNanos() - nanos.getAsLong());
    }

    private static Problem problem(StartupContext context, @Nullable Throwable cause) {
        if (cause instanceof MigrationException lastRead) {
            return Problem.of(lastRead);
        }
        log.warn(
                "The ledger in {} cannot be read",
                context.store().describe(),
                cause == null ? null : ForeignText.printable(cause));
        String suffix = cause == null ? "" : " (" + cause.getClass().getName() + ")";
        return new Problem(
                "The ledger in " + context.store().describe() + " cannot be read" + suffix + ".",
                "See the log for" + " details.");
    }
}
