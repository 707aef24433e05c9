package dev.migrate.run;

import dev.migrate.MigrationException;

/**
 * The run ended because it was told to, before all was applied.
 *
 * @since 0.1
 */
public final class MigrationsStoppedException extends MigrationException {

    private static final long serialVersionUID = 1L;

    /** Says so. */
    public MigrationsStoppedException() {
        super(
                "The run was stopped before all migrations were applied.",
                "Nothing: the next start goes on from here.",
                null);
    }
}
