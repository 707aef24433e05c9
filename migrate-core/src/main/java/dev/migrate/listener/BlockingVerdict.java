package dev.migrate.listener;

import dev.migrate.MigrationId;
import dev.migrate.internal.text.ForeignText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verdict that stands: the last attempt of a migration did not end well, and nobody has started another.
 *
 * @param attempt the attempt
 * @param outcome how it ended
 * @param error what went wrong, without secrets, or null
 * @param at when the writer's clock said so, or null
 * @param checkpoint where a resumable action would go on, or null
 * @since 0.1
 */
public record BlockingVerdict(
        Attempt attempt, Outcome outcome, @Nullable String error, @Nullable Instant at, @Nullable String checkpoint) {

    /** Makes the error fit to be shown: a ledger may have been edited by hand, or be of an earlier version. */
    public BlockingVerdict {
        error = ForeignText.safeOrNull(error);
    }

    /**
     * The sequence number.
     *
     * @return the number
     */
    public MigrationId id() {
        return attempt.id();
    }

    /**
     * How an attempt ended that did not end well.
     *
     * @since 0.1
     */
    public enum Outcome {
        /** The action threw an exception. */
        FAILED,
        /** The owner was lost, or was told to end, before the action had ended; nobody knows how far it came. */
        INTERRUPTED
    }
}
