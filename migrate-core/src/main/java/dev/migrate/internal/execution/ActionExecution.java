package dev.migrate.internal.execution;

import dev.migrate.listener.Attempt;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An action that was started. */
public interface ActionExecution {

    /** Whether it has ended, well or not. */
    boolean ended();

    /** What it threw, once it has ended; null when it returned normally. */
    @Nullable
    Throwable failure();

    /** What is kept of its end with an exception. */
    default String errorText(Throwable cause, boolean withMessage) {
        return ErrorSummary.of(cause, withMessage);
    }

    /** How long it ran, once it has ended; null where nobody measured. */
    @Nullable
    Duration elapsed();

    /** Asks it to stop, if it asks. May be called again; notices an action that ends the process itself. */
    void cancel();

    /** Whether the action's own thread waits for the end of the run, which must not wait for the action then. */
    default boolean leftBehind() {
        return false;
    }

    /** Interrupts its thread, the first time it is called. */
    void interrupt();

    /** Whether its thread was interrupted. */
    boolean interrupted();

    /** The last checkpoint, its own or the one that it started from. */
    Optional<String> lastCheckpoint();

    /** How far it has come, or null. */
    @Nullable
    Progress progress();

    /** Starts actions. */
    @FunctionalInterface
    interface ActionExecutor {
        /**
         * Starts one.
         *
         * @param attempt the attempt that it is, forwards or to revert
         */
        ActionExecution start(MigrationDefinition migration, Attempt attempt, @Nullable String checkpoint);
    }
}
