package dev.migrate.internal.protocol;

import dev.migrate.MigrationException;

/**
 * A shutdown cancelled the run before every migration was known to be applied.
 *
 * @since 0.1
 */
public final class RunCancelledException extends MigrationException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public RunCancelledException() {
        super(
                "The run was cancelled by a shutdown; no further migrations run.",
                "No action is needed. The next start continues with the pending migrations.",
                null);
    }
}
