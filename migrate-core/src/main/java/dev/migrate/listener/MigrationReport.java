package dev.migrate.listener;

import java.time.Duration;
import java.util.List;

/**
 * The result of a successful run: nothing is left to do.
 *
 * @param applied what this run applied, in order
 * @param reverted what this run reverted, in order
 * @param total how many migrations of the environment the application has
 * @param elapsed how long the run took, waiting included
 * @since 0.1
 */
public record MigrationReport(List<AppliedMigration> applied, List<Attempt> reverted, int total, Duration elapsed) {

    /** Copies the lists. */
    public MigrationReport {
        applied = List.copyOf(applied);
        reverted = List.copyOf(reverted);
    }
}
