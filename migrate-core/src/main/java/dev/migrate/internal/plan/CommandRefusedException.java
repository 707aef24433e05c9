package dev.migrate.internal.plan;

import dev.migrate.MigrationException;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.RunningMigration;

/**
 * An operator command was refused. Migrate changed nothing.
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

    public static CommandRefusedException wrongUse(String message, String action) {
        return new CommandRefusedException(message, action, false);
    }

    public static CommandRefusedException busy(RunningMigration running, String where) {
        return new CommandRefusedException(
                "Migration " + running.attempt().displayName() + " is "
                        + (running.attempt().isRevert() ? "being reverted" : "running") + " in " + where + ": "
                        + running.attempt().owner() + " has owned it since "
                        + running.attempt().startedAt() + ". Nothing was changed.",
                "Wait until it has ended. If its process is gone, the next start takes over after the lease of "
                        + running.lease().toSeconds() + " s.",
                true);
    }

    public static CommandRefusedException appliedAgain(AppliedMigration done) {
        return new CommandRefusedException(
                "Migration " + done.attempt().displayName() + " is applied again, by "
                        + done.attempt().owner()
                        + ": an application that has it was started meanwhile. Nothing more was reverted.",
                "Make sure that no application with this migration starts, then run 'revert' again.",
                true);
    }

    /**
     * Whether the command was refused only because a migration is running.
     *
     * @return true if the command may succeed later; false if it is wrong in itself
     */
    public boolean isBusy() {
        return busy;
    }
}
