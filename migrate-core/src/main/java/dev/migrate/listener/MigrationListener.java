package dev.migrate.listener;

import java.util.function.Consumer;

/**
 * Receives the events of a run. There is one method for each event; each does nothing unless a listener overrides it. An
 * exception from a listener does not change the run: the runner logs it and continues.
 *
 * <p>The runner calls each method on its own thread, one event at a time. A slow listener delays the heartbeats that renew the
 * lease.
 *
 * @since 0.1
 */
public interface MigrationListener {

    /**
     * Creates a listener that handles all events in the same way.
     *
     * @param consumer receives every event
     * @return the listener
     */
    static MigrationListener of(Consumer<? super MigrationEvent> consumer) {
        return new MigrationListener() {
            @Override
            public void on(MigrationEvent event) {
                consumer.accept(event);
            }
        };
    }

    /**
     * Something happened. Calls the method for the event; only a listener that handles all events in the same way overrides this.
     *
     * @param event what happened
     */
    default void on(MigrationEvent event) {
        event.deliverTo(this);
    }

    /**
     * The ledger was read.
     *
     * @param event what happened
     */
    default void onRunStarted(MigrationEvent.RunStarted event) {}

    /**
     * There is a notification for an operator.
     *
     * @param event what happened
     */
    default void onNotice(MigrationEvent.Notice event) {}

    /**
     * An action starts.
     *
     * @param event what happened
     */
    default void onStarted(MigrationEvent.Started event) {}

    /**
     * An action runs.
     *
     * @param event what happened
     */
    default void onProgressReported(MigrationEvent.ProgressReported event) {}

    /**
     * An action is done, and its receipt is written.
     *
     * @param event what happened
     */
    default void onApplied(MigrationEvent.Applied event) {}

    /**
     * An action was reverted.
     *
     * @param event what happened
     */
    default void onReverted(MigrationEvent.Reverted event) {}

    /**
     * An attempt of this process ended with a verdict.
     *
     * @param event what happened
     */
    default void onAttemptFailed(MigrationEvent.AttemptFailed event) {}

    /**
     * Another process runs a migration, and this one waits.
     *
     * @param event what happened
     */
    default void onWaiting(MigrationEvent.Waiting event) {}

    /**
     * The lease of another owner expired.
     *
     * @param event what happened
     */
    default void onTakenOver(MigrationEvent.TakenOver event) {}

    /**
     * The startup is blocked.
     *
     * @param event what happened
     */
    default void onBlocked(MigrationEvent.Blocked event) {}

    /**
     * The store does not answer.
     *
     * @param event what happened
     */
    default void onLedgerUnreachable(MigrationEvent.LedgerUnreachable event) {}

    /**
     * The store answers again.
     *
     * @param event what happened
     */
    default void onLedgerRecovered(MigrationEvent.LedgerRecovered event) {}

    /**
     * Nothing is pending any more.
     *
     * @param event what happened
     */
    default void onCompleted(MigrationEvent.Completed event) {}
}
