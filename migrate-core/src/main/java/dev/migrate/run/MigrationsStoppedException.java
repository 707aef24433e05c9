package dev.migrate.run;

import dev.migrate.MigrationException;

/**
 * The run ended because it was told to, before it had seen that all is applied.
 *
 * @since 0.1
 */
public final class MigrationsStoppedException extends MigrationException {

    private static final long serialVersionUID = 1L;

    /** Says so. */
    public MigrationsStoppedException() {
        super(
                "The run was told to end, and runs no migration any more.",
                "Nothing: the next start goes on with what is pending.",
                null);
    }
}
