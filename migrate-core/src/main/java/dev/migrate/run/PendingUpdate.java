package dev.migrate.run;

import dev.migrate.ledger.Applied;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What the next write is to make of the register, beside what else it does.
 *
 * @param base the register as it was last read or written
 * @param next the state that follows from it; the same state when there is nothing to write yet
 * @param onCommitted runs once the write is committed
 * @param completed what this process has applied itself and the update records; null for any other update
 */
record PendingUpdate(Snapshot base, LedgerState next, Runnable onCommitted, @Nullable Applied completed) {

    PendingUpdate(Snapshot base, LedgerState next, Runnable onCommitted) {
        this(base, next, onCommitted, null);
    }

    /** Nothing to write. */
    static PendingUpdate none(Snapshot seen) {
        return new PendingUpdate(seen, seen.state(), () -> {});
    }

    /** Records what this process has applied, unless the register says so already, or must not say it. */
    static PendingUpdate completion(Snapshot seen, Applied done) {
        LedgerState state = seen.state();
        if (state.applied(done.id()).isPresent() || state.runsElsewhere(done) || state.isUndone(done)) {
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
    PendingUpdate rebase(Snapshot now) {
        return completed == null ? none(now) : completion(now, completed);
    }
}
