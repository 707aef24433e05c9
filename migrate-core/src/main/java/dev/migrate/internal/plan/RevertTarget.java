package dev.migrate.internal.plan;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.AppliedMigration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which migrations to revert, the last one first.
 *
 * @since 0.1
 */
public final class RevertTarget {

    private final @Nullable MigrationId above;
    private final int maxCount;

    private RevertTarget(@Nullable MigrationId above, int most) {
        this.above = above;
        this.maxCount = most;
    }

    /**
     * The last applied migration.
     *
     * @return the target
     */
    public static RevertTarget last() {
        return new RevertTarget(null, 1);
    }

    /**
     * All applied migrations.
     *
     * @return the target
     */
    public static RevertTarget all() {
        return new RevertTarget(null, Integer.MAX_VALUE);
    }

    /**
     * All applied migrations above a migration, which itself stays applied.
     *
     * @param id the sequence number
     * @return the target
     */
    public static RevertTarget to(MigrationId id) {
        return new RevertTarget(id, Integer.MAX_VALUE);
    }

    /** The migrations to revert, the last first. */
    public List<MigrationId> of(LedgerState state) {
        if (above != null && state.applied(above).isEmpty()) {
            throw CommandRefusedException.wrongUse(
                    above + " is not applied, so it cannot be the migration to revert to.",
                    "Name the last migration that is to stay applied; command 'status' lists them.");
        }
        MigrationId adopted = state.adoptedUpTo();
        if (adopted != null && maxCount > 1 && (above == null || above.compareTo(adopted) < 0)) {
            throw refusal(adopted);
        }
        List<MigrationId> ids = new ArrayList<>(state.applied().stream()
                .map(AppliedMigration::id)
                .filter(id -> above == null || id.compareTo(above) > 0)
                .toList());
        Collections.reverse(ids);
        if (ids.isEmpty() && above == null) {
            throw CommandRefusedException.wrongUse(
                    "No migration is applied, so there is nothing to revert.", "Command 'status' shows the ledger.");
        }
        List<MigrationId> targets = List.copyOf(ids.subList(0, Math.min(maxCount, ids.size())));
        if (adopted != null && targets.stream().anyMatch(state::isAdopted)) {
            throw refusal(adopted);
        }
        return targets;
    }

    private static CommandRefusedException refusal(MigrationId adopted) {
        return CommandRefusedException.wrongUse(
                "Another tool, such as ODIN, applied everything up to " + adopted
                        + ", and Migrate reverts only what it has applied itself.",
                "Revert what is above it: command 'revert " + adopted + "'.");
    }
}
