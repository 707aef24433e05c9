package dev.migrate.run;

import dev.migrate.ledger.Applied;
import java.time.Duration;
import java.util.List;

/**
 * How a run ended that ended well: nothing is pending.
 *
 * @param applied what this run applied, in order
 * @param found how many migrations of the environment the application has
 * @param elapsed how long the run took, waiting included
 * @since 0.1
 */
public record MigrationReport(List<Applied> applied, int found, Duration elapsed) {

    /** Copies the list. */
    public MigrationReport {
        applied = List.copyOf(applied);
    }
}
