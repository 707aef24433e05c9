package dev.migrate.listener;

import dev.migrate.MigrationId;
import dev.migrate.internal.text.ForeignText;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One execution of an action, to apply or to revert a migration. A component is null if the writer of the record did not know it;
 * the status files of ODIN, for example, contain only a number.
 *
 * @param id the sequence number
 * @param name the name of the migration, or null
 * @param number the number of the attempt, from 1; 0 if it is not known
 * @param token a text that no other attempt has, or null
 * @param startedAt when the owner's clock said it started, or null; never compared with a clock
 * @param deployment the build that ran it, or null
 * @param owner the process that ran it, or null
 * @param isRevert whether it reverts what an earlier attempt did
 * @param unknownFields fields of the record that this version does not know, as JSON by name; they survive a rewrite
 * @since 0.1
 */
public record Attempt(
        MigrationId id,
        @Nullable String name,
        int number,
        @Nullable String token,
        @Nullable Instant startedAt,
        @Nullable String deployment,
        @Nullable Owner owner,
        boolean isRevert,
        Map<String, String> unknownFields) {

    /** Copies the map, and makes the texts printable: a ledger may have been edited by hand. */
    public Attempt {
        name = ForeignText.printableOrNull(name);
        deployment = ForeignText.printableOrNull(deployment);
        unknownFields = Map.copyOf(unknownFields);
    }

    /**
     * An attempt of which only the sequence number of its migration is known, as in a status file of ODIN or a receipt that a
     * person created.
     *
     * @param id the sequence number
     * @return the attempt
     */
    public static Attempt ofUnknownOwner(MigrationId id) {
        return new Attempt(id, null, 0, null, null, null, null, false, Map.of());
    }

    /**
     * Whether this is the attempt that carries a token.
     *
     * @param other a token
     * @return whether it is this attempt's
     */
    public boolean hasToken(String other) {
        return other.equals(token);
    }

    /**
     * The migration's number and name, for messages.
     *
     * @return the number, and the name where there is one
     */
    public String displayName() {
        return name == null ? id.toString() : id + " " + name;
    }

    /**
     * The process that runs an attempt, as recorded in the ledger.
     *
     * @param host the host's name
     * @param pid the process id there
     * @param task the ARN of the ECS task, or null elsewhere
     * @since 0.1
     */
    public record Owner(String host, long pid, @Nullable String task) {

        /** Makes the texts printable: a ledger may have been edited by hand. */
        public Owner {
            host = ForeignText.printable(host);
            task = ForeignText.printableOrNull(task);
        }

        @Override
        public String toString() {
            return task != null ? task : host + ", process " + pid;
        }
    }
}
