package dev.migrate.spring.metrics;

import dev.migrate.MigrationId;
import java.util.HashSet;
import java.util.Set;

/**
 * The pending migrations of a startup, and the number of applied ones.
 *
 * @param pending the migrations that are not known to be applied
 * @param applied the number of applied migrations in the ledger
 */
record LedgerCounts(Set<MigrationId> pending, int applied) {

    LedgerCounts {
        pending = Set.copyOf(pending);
    }

    LedgerCounts applied(MigrationId id) {
        Set<MigrationId> left = new HashSet<>(pending);
        left.remove(id);
        return new LedgerCounts(left, applied + 1);
    }

    LedgerCounts reverted(MigrationId id) {
        Set<MigrationId> more = new HashSet<>(pending);
        more.add(id);
        return new LedgerCounts(more, applied - 1);
    }

    /** After completion nothing is pending: other processes applied what this one did not. */
    LedgerCounts completed() {
        return new LedgerCounts(Set.of(), applied + pending.size());
    }
}
