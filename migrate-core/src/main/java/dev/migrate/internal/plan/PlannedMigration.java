package dev.migrate.internal.plan;

import dev.migrate.internal.execution.MigrationDefinition;

/**
 * What a start would do with a migration, and the reason.
 *
 * @param migration the migration
 * @param action what the start would do
 * @param reason the reason, as a clause
 * @since 0.1
 */
public record PlannedMigration(MigrationDefinition migration, PlannedAction action, String reason) {

    /** The reason of a migration that was never tried. */
    public static final String FIRST_TIME = "pending";

    /** What a start would do with a migration. */
    public enum PlannedAction {
        /** It would run. */
        RUN,
        /** It is applied, or above the last target. */
        SKIP,
        /** Another process or a verdict blocks it. */
        BLOCKED
    }
}
