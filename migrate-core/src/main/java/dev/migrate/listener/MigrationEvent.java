package dev.migrate.listener;

import dev.migrate.MigrationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a runner tells its listeners.
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
     * The ledger was read, and these are to be run by this start. Told once, also when there is nothing to do.
     *
     * @param pending the sequence numbers, in order
     * @param applied how many the ledger holds as applied
     */
    record RunStarted(List<MigrationId> pending, int applied) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onRunStarted(this);
        }
    }

    /**
     * Something that a person should know, though the run goes on: an adopted ledger, a number out of order, a verdict
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
     * @param previousVerdict the verdict on the attempt before it, which this one is to make good; null when there is none, or when the
     *     migration was applied, reverted or decided upon since
     */
    record Started(Attempt attempt, @Nullable BlockingVerdict previousVerdict) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onStarted(this);
        }
    }

    /**
     * An action runs. Told from time to time.
     *
     * @param running what the ledger was last told of it
     */
    record ProgressReported(RunningMigration running) implements MigrationEvent {
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
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onApplied(this);
        }
    }

    /**
     * An action was reverted, and its migration is pending again.
     *
     * @param attempt the attempt that reverted it
     */
    record Reverted(Attempt attempt) implements MigrationEvent {
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
     */
    record AttemptFailed(BlockingVerdict verdict, Throwable cause) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onAttemptFailed(this);
        }
    }

    /**
     * Another process runs a migration, and this one waits. Told when the waiting starts and once a minute.
     *
     * @param running what runs elsewhere
     */
    record Waiting(RunningMigration running) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onWaiting(this);
        }
    }

    /**
     * The lease of another owner ran out while this process watched.
     *
     * @param running what that owner was running
     */
    record TakenOver(RunningMigration running) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onTakenOver(this);
        }
    }

    /**
     * The startup is blocked. Published at once and every five minutes.
     *
     * @param block why, and the way out
     */
    record Blocked(BlockedStart block) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onBlocked(this);
        }
    }

    /**
     * The store does not answer; Migrate retries. Published at once and once a minute.
     *
     * @param message what is wrong
     */
    record LedgerUnreachable(String message) implements MigrationEvent {
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onLedgerUnreachable(this);
        }
    }

    /**
     * The store answers again. Told once after it did not answer, before the next event that is not {@link Notice}.
     */
    record LedgerRecovered() implements MigrationEvent {
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
        @Override
        public void deliverTo(MigrationListener listener) {
            listener.onCompleted(this);
        }
    }
}
