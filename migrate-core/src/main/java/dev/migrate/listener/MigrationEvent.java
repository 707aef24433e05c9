package dev.migrate.listener;

import dev.migrate.MigrationId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that a runner publishes to its listeners.
 *
 * <p>Every {@code elapsed} is measured by the monotonic clock of the process that publishes the event. It never compares the
 * clocks of two machines, and no decision of a run depends on it.
 *
 * @since 0.1
 */
public sealed interface MigrationEvent {

    /**
     * Calls the method of a listener that is for this event.
     *
     * @param listener the listener
     */
    void deliverTo(MigrationListener listener);

    /**
     * The ledger was read, and this start will run the pending migrations. Published once, also when nothing is pending.
     *
     * @param pending the sequence numbers, in order
     * @param applied how many migrations the ledger records as applied
     */
    record RunStarted(List<MigrationId> pending, int applied) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onRunStarted(this);
        }
    }

    /**
     * A notification for an operator. The run continues. Examples: an adopted ledger, a number out of order, a verdict that was
     * given up.
     *
     * @param message the whole sentence
     * @param warning whether it deserves attention
     */
    record Notice(String message, boolean warning) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onNotice(this);
        }
    }

    /**
     * An action starts.
     *
     * @param attempt the attempt
     * @param previousVerdict the verdict on the previous attempt, which this attempt retries; null if there is none, or if the
     *     migration was applied, reverted or decided upon since
     */
    record Started(Attempt attempt, @Nullable BlockingVerdict previousVerdict) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onStarted(this);
        }
    }

    /**
     * An action is running. Published after every heartbeat.
     *
     * @param running the state that was last written to the ledger
     * @param elapsed the time since {@link Started} of this attempt; null if this process did not start it
     */
    record ProgressReported(RunningMigration running, @Nullable Duration elapsed) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onProgressReported(this);
        }
    }

    /**
     * An action is done, and its receipt is written.
     *
     * @param applied the record
     */
    record Applied(AppliedMigration applied) implements MigrationEvent {

        /**
         * How long the action ran: {@link AppliedMigration#took}.
         *
         * @return the duration, or null if it is not known
         */
        public @Nullable Duration elapsed() {
            return applied.took();
        }

        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onApplied(this);
        }
    }

    /**
     * An action was reverted, and its migration is pending again.
     *
     * @param attempt the attempt that reverted it
     * @param elapsed the time since {@link Started} of this attempt, the writes to the ledger included; null if this process
     *     did not start it
     */
    record Reverted(Attempt attempt, @Nullable Duration elapsed) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onReverted(this);
        }
    }

    /**
     * An attempt of this process ended with a verdict.
     *
     * @param verdict the verdict
     * @param cause what the action threw
     * @param elapsed the time since {@link Started} of this attempt, the write of the verdict included; null if this process
     *     did not start it
     */
    record AttemptFailed(BlockingVerdict verdict, Throwable cause, @Nullable Duration elapsed)
            implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onAttemptFailed(this);
        }
    }

    /**
     * Another process runs a migration, and this one waits. Published when the waiting starts and then once a minute.
     *
     * @param running what runs elsewhere
     * @param elapsed how long this process has waited for this attempt
     */
    record Waiting(RunningMigration running, Duration elapsed) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onWaiting(this);
        }
    }

    /**
     * The lease of another owner expired, and this process takes over.
     *
     * @param running what that owner was running
     * @param elapsed how long this process has seen no heartbeat of that owner; a pause of this process or an outage of the
     *     store counts in part
     */
    record TakenOver(RunningMigration running, Duration elapsed) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onTakenOver(this);
        }
    }

    /**
     * The startup is blocked. Published at once and then every five minutes.
     *
     * @param block the reason, and the action to take
     * @param elapsed the time since this process first published this reason
     */
    record Blocked(BlockedStart block, Duration elapsed) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onBlocked(this);
        }
    }

    /**
     * The store does not answer; Migrate retries. Published at once and then once a minute.
     *
     * @param message what is wrong
     * @param elapsed the time since the first event of this outage
     */
    record LedgerUnreachable(String message, Duration elapsed) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onLedgerUnreachable(this);
        }
    }

    /**
     * The store answers again. Published once after an outage, before the next event that is not a {@link Notice}.
     *
     * @param elapsed the time since the first {@link LedgerUnreachable} of this outage
     */
    record LedgerRecovered(Duration elapsed) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onLedgerRecovered(this);
        }
    }

    /**
     * Nothing is pending any more.
     *
     * @param report how the run ended
     */
    record Completed(MigrationReport report) implements MigrationEvent {

        /**
         * How long the run took: {@link MigrationReport#elapsed}.
         *
         * @return the duration
         */
        public Duration elapsed() {
            return report.elapsed();
        }

        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onCompleted(this);
        }
    }
}
