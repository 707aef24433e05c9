package dev.migrate.spring.meter;

import dev.migrate.MigrationId;
import java.util.HashSet;
import java.util.Set;

/**
 * What a start has still to see applied, and how many are.
 *
 * @param pending the migrations that this start is about
 * @param applied how many the ledger holds
 */
record Tally(Set<MigrationId> pending, int applied) {

    Tally {
        pending = Set.copyOf(pending);
    }

    Tally applied(MigrationId id) {
        Set<MigrationId> left = new HashSet<>(pending);
        left.remove(id);
        return new Tally(left, applied + 1);
    }

    Tally reverted(MigrationId id) {
        Set<MigrationId> more = new HashSet<>(pending);
        more.add(id);
        return new Tally(more, applied - 1);
    }

    /** Nothing is left, so whatever this process has not applied itself, others have. */
    Tally completed() {
        return new Tally(Set.of(), applied + pending.size());
    }
}
