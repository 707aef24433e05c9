package dev.migrate.run;

import dev.migrate.MigrationException;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Running;

/**
 * What an operator asked for cannot be done; nothing was changed.
 *
 * @since 0.1
 */
public final class CommandRefusedException extends MigrationException {

    private static final long serialVersionUID = 1L;

    private final boolean busy;

    private CommandRefusedException(String message, String action, boolean busy) {
        super(message, action, null);
        this.busy = busy;
    }

    static CommandRefusedException wrongUse(String message, String action) {
        return new CommandRefusedException(message, action, false);
    }

    static CommandRefusedException busy(Running running, String where) {
        return new CommandRefusedException(
                "Migration " + running.attempt().title() + " is "
                        + (running.attempt().reverts() ? "being undone" : "running") + " in " + where + ": "
                        + running.attempt().owner() + " owns it since "
                        + running.attempt().startedAt() + ". Nothing was changed.",
                "Wait until it has ended. If its process is gone, the next start takes over after the lease of "
                        + running.lease().toSeconds() + " s.",
                true);
    }

    static CommandRefusedException appliedAgain(Applied done) {
        return new CommandRefusedException(
                "Migration " + done.attempt().title() + " is applied again, by "
                        + done.attempt().owner()
                        + ": an application that has it was started meanwhile. Nothing more was undone.",
                "See to it that no application with this migration starts, then undo again.",
                true);
    }

    /**
     * Whether somebody runs a migration, so that the same may be allowed later.
     *
     * @return whether it was refused for now; otherwise what was asked for makes no sense
     */
    public boolean isBusy() {
        return busy;
    }
}
