package dev.migrate.ledger;

import dev.migrate.MigrationId;
import dev.migrate.text.ForeignText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verdict that stands: the last attempt of a migration did not end well, and nobody has started another.
 *
 * @param attempt the attempt
 * @param verdict how it ended
 * @param error what went wrong, without secrets, or null
 * @param at when the writer's clock said so, or null
 * @param checkpoint where a resumable action would go on, or null
 * @since 0.1
 */
public record Halted(
        Attempt attempt, Verdict verdict, @Nullable String error, @Nullable Instant at, @Nullable String checkpoint) {

    /** Makes the error fit to be shown: a ledger may have been edited by hand, or be of an earlier version. */
    public Halted {
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
}
