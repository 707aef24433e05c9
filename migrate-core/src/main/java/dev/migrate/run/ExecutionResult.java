package dev.migrate.run;

import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What an execution came to.
 *
 * @param next what is left to write, and the register to go on from
 * @param applied what was applied, or null
 * @param reverted what was undone, or null
 */
record ExecutionResult(PendingUpdate next, @Nullable Applied applied, @Nullable Attempt reverted) {

    /** Nothing was applied or undone. */
    static ExecutionResult nothing(PendingUpdate next) {
        return new ExecutionResult(next, null, null);
    }

    static ExecutionResult nothing(Snapshot now) {
        return nothing(PendingUpdate.none(now));
    }

    static ExecutionResult applied(Snapshot now, Applied done) {
        return new ExecutionResult(PendingUpdate.completion(now, done), done, null);
    }

    static ExecutionResult reverted(Snapshot now, Attempt undone) {
        return new ExecutionResult(PendingUpdate.none(now), null, undone);
    }

    Memory addTo(Memory memory) {
        Memory more = applied == null ? memory : memory.applied(applied);
        return reverted == null ? more : more.reverted(reverted);
    }
}
