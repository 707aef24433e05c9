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
 * {@code migrate.mode=verify}: lets the application serve when nothing is pending, and otherwise waits for whoever runs
 * the migrations, or refuses to start.
 *
 * @param maxWait how long to wait for others
 * @param backoff how long between two looks
 */
record VerifyTask(Duration maxWait, Backoff backoff) implements StartupMode {

    /** With the usual pauses between two looks. */
    VerifyTask(Duration atMost) {
        this(atMost, Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(2)));
    }

    @Override
    public MigrateProperties.Mode mode() {
        return MigrateProperties.Mode.VERIFY;
    }

    @Override
    public void run(StartupContext place) {
        new LedgerWatch(place, maxWait, backoff).untilOpen();
    }

    /** One start's look at the ledger, again and again. */
    private static final class LedgerWatch {

        private static final Duration REPEAT_INTERVAL = Duration.ofMinutes(1);

        private final StartupContext context;
        private final Duration atMost;
        private final LedgerOperations ledger;
        private final long begunAt = System.nanoTime();
        private final Backoff backoff;
        private int looks;
        private String said = "";
        private long saidAt;
        private String waitingFor = "";
        private long waitingSince;

        LedgerWatch(StartupContext place, Duration atMost, Backoff backoff) {
            this.context = place;
            this.atMost = atMost;
            this.backoff = backoff;
            this.ledger = new LedgerOperations(place.store(), place.settings().environment(), Duration.ZERO);
        }

        void untilOpen() {
            StartPreview now = look();
            BlockingVerdict known = now.halted(); // whoever is waited for may get past what was there before
            while (!now.isOpen()) {
                Duration left = atMost.minus(elapsed());
                if (isNew(now.halted(), known) || left.isNegative() || left.isZero()) {
                    throw NotMigratedException.of(now, context);
                }
                say(now);
                sleep(backoff.atMost(left));
                now = look();
            }
            int found = context.migrations().size();
            tell(new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), found, elapsed())));
        }

        private Duration elapsed() {
            return since(begunAt);
        }

        private static Duration since(long nanos) {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }

        private static boolean isNew(@Nullable BlockingVerdict halted, @Nullable BlockingVerdict known) {
            return halted != null && (known == null || !halted.attempt().equals(known.attempt()));
        }

        /** Asks until there is an answer, as every start does. */
        private StartPreview look() {
            Long unreachableSince = null;
            while (true) {
                try {
                    StartPreview now = StartPreview.of(context, ledger.settled());
                    if (unreachableSince != null) {
                        tell(new MigrationEvent.LedgerRecovered(since(unreachableSince)));
                    }
                    return now;
                } catch (StoreUnavailableException e) {
                    String message = String.valueOf(e.getMessage());
                    if (isNews(message) || unreachableSince == null) {
                        unreachableSince = unreachableSince == null ? System.nanoTime() : unreachableSince;
                        tell(new MigrationEvent.LedgerUnreachable(message, since(unreachableSince)));
                    }
                    sleep(backoff);
                }
            }
        }

        private void say(StartPreview now) {
            RunningMigration running = now.running();
            if (running != null) {
                String token = String.valueOf(running.attempt().token());
                if (!token.equals(waitingFor)) {
                    waitingFor = token;
                    waitingSince = System.nanoTime();
                }
                if (isNews(token)) {
                    tell(new MigrationEvent.Waiting(running, since(waitingSince)));
                }
                return;
            }
            String message = NotMigratedException.of(now, context).getMessage() + " This process waits for another one"
                    + " to run what is pending, for " + atMost.toSeconds() + " s at most (migrate.verify.wait).";
            if (isNews(message)) {
                tell(new MigrationEvent.Notice(message, false));
            }
        }

        private boolean isNews(String what) {
            boolean news = !what.equals(said) || System.nanoTime() - saidAt >= REPEAT_INTERVAL.toNanos();
            if (news) {
                said = what;
                saidAt = System.nanoTime();
            }
            return news;
        }

        private void tell(MigrationEvent event) {
            context.listener().on(event);
        }

        private void sleep(Backoff within) {
            try {
                Thread.sleep(Math.max(1, within.delay(++looks).toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunCancelledException();
            }
        }
    }
}
