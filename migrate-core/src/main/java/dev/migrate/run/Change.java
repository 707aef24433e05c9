package dev.migrate.run;

import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Snapshot;

/**
 * What the next write makes of the register, beside what else it does.
 *
 * @param seen the register as it was last read or written
 * @param base the state that follows from it; the same state when there is nothing to write yet
 * @param committed what is done once the write is committed
 */
record Change(Snapshot seen, LedgerState base, Runnable committed) {

    static Change none(Snapshot seen) {
        return new Change(seen, seen.state(), () -> {});
    }

    Change with(LedgerState next) {
        return new Change(seen, next, committed);
    }

    boolean isWrite() {
        return !base.equals(seen.state());
    }
}
