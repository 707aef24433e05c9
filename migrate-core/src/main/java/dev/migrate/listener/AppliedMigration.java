package dev.migrate.listener;

import dev.migrate.MigrationId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A migration that is done.
 *
 * @param attempt the attempt that did it
 * @param finishedAt when the owner's clock said it was done, or null
 * @param took how long its action ran, by a clock that is never set, or null
 * @since 0.1
 */
public record AppliedMigration(Attempt attempt, @Nullable Instant finishedAt, @Nullable Duration took) {

    /**
     * A migration of which only the number is known, and that it is done.
     *
     * @param id the sequence number
     * @return the record
     */
    public static AppliedMigration bare(MigrationId id) {
        return new AppliedMigration(Attempt.ofUnknownOwner(id), null, null);
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
     * The record that a receipt leads to. A receipt that names no attempt, such as one that a person created, counts for the
     * last attempt that the ledger knows.
     *
     * @param known the last attempt that the ledger knows
     * @return this record if it names its attempt; otherwise a record of the known attempt
     */
    public AppliedMigration by(Attempt known) {
        return attempt.token() == null ? new AppliedMigration(known, finishedAt, null) : this;
    }
}
