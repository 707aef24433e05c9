package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.listener.AppliedMigration;
import org.jspecify.annotations.Nullable;

/**
 * A change of the register that the next write includes.
 *
 * @param base the register as it was last read or written
 * @param next the new state; the same state if there is nothing to write yet
 * @param onCommitted runs once the write is committed
 * @param completed the migration that this process applied and the update records; null for any other update
 */
record PendingUpdate(
        VersionedState base, LedgerState next, Runnable onCommitted, @Nullable AppliedMigration completed) {

    PendingUpdate(VersionedState base, LedgerState next, Runnable onCommitted) {
        this(base, next, onCommitted, null);
    }

    /** Nothing to write. */
    static PendingUpdate none(VersionedState seen) {
        return new PendingUpdate(seen, seen.state(), () -> {});
    }

    /** Records a migration that this process applied, unless the register already has it or it was reverted since. */
    static PendingUpdate completion(VersionedState seen, AppliedMigration done) {
        LedgerState state = seen.state();
        if (state.applied(done.id()).isPresent() || state.runsElsewhere(done) || state.isReverted(done)) {
            return none(seen);
        }
        return new PendingUpdate(seen, state.complete(done), () -> {}, done);
    }

    boolean isWrite() {
        return !next.equals(base.state());
    }

    boolean isCompletion() {
        return completed != null;
    }

    /** The update to write after another write was first: a completion applies to any register. */
    PendingUpdate rebase(VersionedState now) {
        return completed == null ? none(now) : completion(now, completed);
    }
}
