package dev.migrate.ledger;

import dev.migrate.MigrationId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A migration that is claimed: its action runs, or is about to.
 *
 * @param attempt the attempt
 * @param lease after how long without a change of the register the owner may be taken for lost
 * @param beat how often the owner has said that it lives
 * @param checkpoint where a resumable action would go on, or null
 * @param progress how far a resumable action has come, or null
 * @since 0.1
 */
public record Running(
        Attempt attempt, Duration lease, long beat, @Nullable String checkpoint, @Nullable Progress progress) {

    /**
     * The sequence number.
     *
     * @return the number
     */
    public MigrationId id() {
        return attempt.id();
    }
}
