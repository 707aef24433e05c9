package dev.migrate.spring.metrics;

import dev.migrate.MigrationId;
import java.util.HashSet;
import java.util.Set;

/**
 * What a start has still to see applied, and how many are.
 *
 * @param pending the migrations that this start is about
 * @param applied how many the ledger holds
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

    /** Nothing is left, so whatever this process has not applied itself, others have. */
    LedgerCounts completed() {
        return new LedgerCounts(Set.of(), applied + pending.size());
    }
}
