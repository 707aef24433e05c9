package dev.migrate.spring.command;

import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Running;
import dev.migrate.retry.Backoff;
import dev.migrate.run.LedgerDesk;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationReport;
import dev.migrate.run.MigrationsStoppedException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartTask;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.report.Readiness;
import dev.migrate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code migrate.mode=verify}: lets the application serve when nothing is pending, and otherwise waits for whoever runs
 * the migrations, or refuses to start.
 *
 * @param atMost how long to wait for others
 * @param backoff how long between two looks
 */
record VerifyTask(Duration atMost, Backoff backoff) implements StartTask {

    /** With the usual pauses between two looks. */
    VerifyTask(Duration atMost) {
        this(atMost, Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(2)));
    }

    @Override
    public MigrateProperties.Mode mode() {
        return MigrateProperties.Mode.VERIFY;
    }

    @Override
    public void run(Workplace place) {
        new Watch(place, atMost, backoff).untilOpen();
    }

    /** One start's look at the ledger, again and again. */
    private static final class Watch {

        private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

        private final Workplace place;
        private final Duration atMost;
        private final LedgerDesk desk;
        private final long begunAt = System.nanoTime();
        private final Backoff backoff;
        private int looks;
        private String said = "";
        private long saidAt;

        Watch(Workplace place, Duration atMost, Backoff backoff) {
            this.place = place;
            this.atMost = atMost;
            this.backoff = backoff;
            this.desk = new LedgerDesk(place.store(), place.settings().environment(), Duration.ZERO);
        }

        void untilOpen() {
            Readiness now = look();
            Halted known = now.halted(); // whoever is waited for may get past what was there before
            while (!now.isOpen()) {
                Duration left = atMost.minus(elapsed());
                if (isNew(now.halted(), known) || left.isNegative() || left.isZero()) {
                    throw NotMigratedException.of(now, place);
                }
                say(now);
                sleep(backoff.atMost(left));
                now = look();
            }
            int found = place.migrations().size();
            tell(new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), found, elapsed())));
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - begunAt);
        }

        private static boolean isNew(@Nullable Halted halted, @Nullable Halted known) {
            return halted != null && (known == null || !halted.attempt().equals(known.attempt()));
        }

        /** Asks until there is an answer, as every start does. */
        private Readiness look() {
            boolean told = false;
            while (true) {
                try {
                    Readiness now = Readiness.of(place, desk.settled());
                    if (told) {
                        tell(new MigrationEvent.LedgerReached());
                    }
                    return now;
                } catch (StoreUnavailableException e) {
                    String message = String.valueOf(e.getMessage());
                    if (isNews(message) || !told) {
                        told = true;
                        tell(new MigrationEvent.LedgerUnreachable(message));
                    }
                    sleep(backoff);
                }
            }
        }

        private void say(Readiness now) {
            Running running = now.running();
            if (running != null) {
                if (isNews(String.valueOf(running.attempt().token()))) {
                    tell(new MigrationEvent.Waiting(running));
                }
                return;
            }
            String message = NotMigratedException.of(now, place).getMessage() + " This process waits for another one"
                    + " to run what is pending, for " + atMost.toSeconds() + " s at most (migrate.verify.wait).";
            if (isNews(message)) {
                tell(new MigrationEvent.Noticed(message, false));
            }
        }

        private boolean isNews(String what) {
            boolean news = !what.equals(said) || System.nanoTime() - saidAt >= SAY_AGAIN.toNanos();
            if (news) {
                said = what;
                saidAt = System.nanoTime();
            }
            return news;
        }

        private void tell(MigrationEvent event) {
            place.listener().on(event);
        }

        private void sleep(Backoff within) {
            try {
                Thread.sleep(Math.max(1, within.delay(++looks).toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MigrationsStoppedException();
            }
        }
    }
}
