package dev.migrate.internal.protocol;

import dev.migrate.MigrationException;

/**
 * The run ended because it was told to, before it had seen that all is applied.
 *
 * @since 0.1
 */
public final class RunCancelledException extends MigrationException {

    private static final long serialVersionUID = 1L;

    /** Says so. */
    public RunCancelledException() {
        super(
                "The run was told to end, and runs no migration any more.",
                "Nothing: the next start goes on with what is pending.",
                null);
    }
}
