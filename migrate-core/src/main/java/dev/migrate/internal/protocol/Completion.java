package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.ActionExecution;
import org.jspecify.annotations.Nullable;

/**
 * The result of the supervision of an action.
 *
 * @param lease the owner's lease on its claim
 * @param action the action
 * @param cause why it ended
 * @param ended whether the action itself has ended; otherwise it was abandoned and may end at any moment
 * @param failure what the action threw; null when it returned normally, or has not ended
 */
record Completion(Lease lease, ActionExecution action, Cause cause, boolean ended, @Nullable Throwable failure) {

    /** Why the supervision of an action ended. */
    enum Cause {
        /** The action ended. */
        COMPLETED(""),
        /** The process shuts down. */
        SHUTDOWN("the process was shut down; "),
        /** The claim was lost, or may have been. */
        CLAIM_LOST("its claim was not kept up; ");

        /** The beginning of the error text in the ledger. */
        final String messagePrefix;

        Cause(String messagePrefix) {
            this.messagePrefix = messagePrefix;
        }
    }

    /** Reads the state of the action once, because an abandoned action may end at any moment, also with an exception. */
    static Completion of(Lease lease, ActionExecution action, Cause cause) {
        boolean ended = action.ended();
        return new Completion(lease, action, cause, ended, ended ? action.failure() : null);
    }

    boolean succeeded() {
        return ended && failure == null;
    }
}
