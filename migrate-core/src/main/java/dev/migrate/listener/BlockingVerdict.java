package dev.migrate.listener;

import dev.migrate.MigrationId;
import dev.migrate.internal.text.ForeignText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verdict on the last attempt of a migration, which failed or was interrupted. It blocks until another attempt starts or an
 * operator decides.
 *
 * @param attempt the attempt
 * @param outcome how it ended
 * @param error the error, without secrets, or null
 * @param at the time by the writer's clock, or null
 * @param checkpoint the checkpoint from which a resumable action would continue, or null
 * @since 0.1
 */
public record BlockingVerdict(
        Attempt attempt, Outcome outcome, @Nullable String error, @Nullable Instant at, @Nullable String checkpoint) {

    /** Makes the error safe to show: a ledger may have been edited by hand, or be of an earlier version. */
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
     * How an unsuccessful attempt ended.
     *
     * @since 0.1
     */
    public enum Outcome {
        /** The action threw an exception. */
        FAILED,
        /** The owner was lost or shut down before the action ended. It is not known how much of the work was done. */
        INTERRUPTED
    }
}
