package dev.migrate.spring.command;

import dev.migrate.internal.operations.LedgerOperations;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.time.Backoff;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.StartupMode;
import dev.migrate.spring.report.StartPreview;
import dev.migrate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code migrate.mode=verify}: starts the application if nothing is pending. Otherwise it waits for the process that runs the
 * migrations, or refuses to start.
 *
 * @param maxWait how long to wait for other processes
 * @param backoff the delay between two reads of the ledger
 */
record VerifyTask(Duration maxWait, Backoff backoff) implements StartupMode {

    /** Uses the default delays. */
    VerifyTask(Duration maxWait) {
        this(maxWait, Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(2)));
    }

    @Override
    public MigrateProperties.Mode mode() {
        return MigrateProperties.Mode.VERIFY;
    }

    @Override
    public void run(StartupContext context) {
        new LedgerWatch(context, maxWait, backoff).untilOpen();
    }

    /** Reads the ledger until the application may start. */
    private static final class LedgerWatch {

        private static final Duration REPEAT_INTERVAL = Duration.ofMinutes(1);

        private final StartupContext context;
        private final Duration maxWait;
        private final LedgerOperations ledger;
        private final long startedAt = System.nanoTime();
        private final Backoff backoff;
        private int reads;
        private String lastReported = "";
        private long reportedAt;
        private String waitingFor = "";
        private long waitingSince;

        LedgerWatch(StartupContext context, Duration maxWait, Backoff backoff) {
            this.context = context;
            this.maxWait = maxWait;
            this.backoff = backoff;
            this.ledger =
                    new LedgerOperations(context.store(), context.settings().environment(), Duration.ZERO);
        }

        void untilOpen() {
            StartPreview now = read();
            BlockingVerdict known = now.halted(); // the other process may resolve the existing verdict
            while (!now.isOpen()) {
                Duration left = maxWait.minus(elapsed());
                if (isNew(now.halted(), known) || left.isNegative() || left.isZero()) {
                    throw NotMigratedException.of(now, context);
                }
                report(now);
                sleep(backoff.atMost(left));
                now = read();
            }
            int migrations = context.migrations().size();
            publish(new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), migrations, elapsed())));
        }

        private Duration elapsed() {
            return since(startedAt);
        }

        private static Duration since(long nanos) {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }

        private static boolean isNew(@Nullable BlockingVerdict halted, @Nullable BlockingVerdict known) {
            return halted != null && (known == null || !halted.attempt().equals(known.attempt()));
        }

        /** Reads the ledger, and retries without limit, as every start does. */
        private StartPreview read() {
            Long unreachableSince = null;
            while (true) {
                try {
                    StartPreview now = StartPreview.of(context, ledger.reconciled());
                    if (unreachableSince != null) {
                        publish(new MigrationEvent.LedgerRecovered(since(unreachableSince)));
                    }
                    return now;
                } catch (StoreUnavailableException e) {
                    String message = String.valueOf(e.getMessage());
                    if (isNews(message) || unreachableSince == null) {
                        unreachableSince = unreachableSince == null ? System.nanoTime() : unreachableSince;
                        publish(new MigrationEvent.LedgerUnreachable(message, since(unreachableSince)));
                    }
                    sleep(backoff);
                }
            }
        }

        private void report(StartPreview now) {
            RunningMigration running = now.running();
            if (running != null) {
                String token = String.valueOf(running.attempt().token());
                if (!token.equals(waitingFor)) {
                    waitingFor = token;
                    waitingSince = System.nanoTime();
                }
                if (isNews(token)) {
                    publish(new MigrationEvent.Waiting(running, since(waitingSince)));
                }
                return;
            }
            String message = NotMigratedException.of(now, context).getMessage() + " This process waits for another one"
                    + " to run them, for at most " + maxWait.toSeconds() + " s (migrate.verify.wait).";
            if (isNews(message)) {
                publish(new MigrationEvent.Notice(message, false));
            }
        }

        private boolean isNews(String what) {
            boolean news = !what.equals(lastReported) || System.nanoTime() - reportedAt >= REPEAT_INTERVAL.toNanos();
            if (news) {
                lastReported = what;
                reportedAt = System.nanoTime();
            }
            return news;
        }

        private void publish(MigrationEvent event) {
            context.listener().on(event);
        }

        private void sleep(Backoff within) {
            try {
                Thread.sleep(Math.max(1, within.delay(++reads).toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunCancelledException();
            }
        }
    }
}
