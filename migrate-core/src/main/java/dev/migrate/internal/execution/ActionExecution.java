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

    /** The text of the exception that the ledger keeps. */
    default String errorText(Throwable cause, boolean withMessage) {
        return ErrorSummary.of(cause, withMessage);
    }

    /** How long it ran, once it has ended; null where nobody measured. */
    @Nullable
    Duration elapsed();

    /** Sets the flag that the action polls. Each call also detects an action that is inside {@code System.exit}. */
    void cancel();

    /** Whether the action's own thread shuts the application down. Then the run must not wait for the action, or both wait forever. */
    default boolean shutsDownApplication() {
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
         * Starts the action of a migration.
         *
         * @param attempt the attempt, which runs or reverts the migration
         */
        ActionExecution start(MigrationDefinition migration, Attempt attempt, @Nullable String checkpoint);
    }
}
