package dev.migrate.listener;

import dev.migrate.MigrationId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A migration that is claimed: its action runs, or is about to.
 *
 * @param attempt the attempt
 * @param lease how long the register may stay unchanged before another process may take over
 * @param heartbeat the number of heartbeats that the owner has written
 * @param checkpoint the checkpoint from which a resumable action would continue, or null
 * @param progress how far a resumable action has come, or null
 * @since 0.1
 */
public record RunningMigration(
        Attempt attempt, Duration lease, long heartbeat, @Nullable String checkpoint, @Nullable Progress progress) {

    /**
     * The sequence number.
     *
     * @return the number
     */
    public MigrationId id() {
        return attempt.id();
    }

    /**
     * How far a resumable action has come.
     *
     * @param done how many units are done
     * @param total how many there are; 0 when that is not known
     * @since 0.1
     */
    public record Progress(long done, long total) {

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is negative, or the total is known and lower than what is done
         */
        public Progress {
            if (done < 0 || total < 0 || (total > 0 && done > total)) {
                throw new IllegalArgumentException("progress " + done + " of " + total + " is out of range");
            }
        }

        @Override
        public String toString() {
            return total > 0 ? done + " of " + total : Long.toString(done);
        }
    }
}
