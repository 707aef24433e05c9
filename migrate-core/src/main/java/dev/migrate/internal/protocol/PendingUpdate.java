package dev.migrate.internal.protocol;

import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.listener.AppliedMigration;
import org.jspecify.annotations.Nullable;

/**
 * What the next write is to make of the register, beside what else it does.
 *
 * @param base the register as it was last read or written
 * @param next the state that follows from it; the same state when there is nothing to write yet
 * @param onCommitted runs once the write is committed
 * @param completed what this process has applied itself and the update records; null for any other update
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

    /** Records what this process has applied, unless the register says so already, or must not say it. */
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

    /** What is left to write after another write was first: a completion holds on any register. */
    PendingUpdate rebase(VersionedState now) {
        return completed == null ? none(now) : completion(now, completed);
    }
}
