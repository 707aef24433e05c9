package dev.migrate.spring.command;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.plan.PlannedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.report.HistoryRow;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command has to tell, in whatever form. */
sealed interface CommandResult {

    /** The exit code that it means. */
    default int exitCode() {
        return ExitCode.DONE;
    }

    /** What went wrong, or null. */
    default @Nullable Problem problem() {
        return null;
    }

    /** Nothing else than that something went wrong. */
    record Failure(int exitCode, Problem problem) implements CommandResult {}

    /** How every migration stands. */
    record Status(StatusReport report) implements CommandResult {

        @Override
        public int exitCode() {
            return report.exitCode();
        }

        @Override
        public @Nullable Problem problem() {
            return report.problem();
        }
    }

    /** What happened, in order of time. */
    record History(List<HistoryRow> rows) implements CommandResult {}

    /**
     * What {@code migrate} would do.
     *
     * @param obstacle what it would wait for or be blocked by, or null
     * @param noRegister what there is to say where there is no register; null where there is one
     */
    record Plan(@Nullable String obstacle, @Nullable String noRegister, List<PlanRow> rows) implements CommandResult {

        @Override
        public int exitCode() {
            return obstacle == null ? ExitCode.DONE : ExitCode.BLOCKED;
        }
    }

    /**
     * What {@code plan} says of a migration.
     *
     * @param preview what the action says that it would do, or null
     * @param previewError why it could not say so, or null
     */
    record PlanRow(PlannedMigration planned, @Nullable String preview, @Nullable String previewError) {}

    /**
     * What was run, forwards or backwards; also when it did not end well.
     *
     * @param done what was done, in order
     * @param to the last migration that was asked for, or null
     * @param found how many migrations the application has
     * @param elapsed how long it took, waiting included
     */
    record Run(
            int exitCode,
            @Nullable Problem problem,
            boolean reverts,
            List<CompletedRun> done,
            @Nullable MigrationId to,
            int found,
            Duration elapsed)
            implements CommandResult {}

    /** A migration that was applied or reverted now. */
    record CompletedRun(Attempt attempt, Duration took, Instant finishedAt) {}

    /**
     * What an operator decided.
     *
     * @param changed what is decided, in order
     */
    record Decision(List<ChangedMigration> changed, Operator by, @Nullable String reason) implements CommandResult {}

    /**
     * What can be asked for.
     *
     * @param commands a heading, and a line for each
     */
    record Help(String commands) implements CommandResult {}

    /** What became of a migration by an operator's decision. */
    record ChangedMigration(MigrationId id, @Nullable String name, NewState became) {}

    /** What can become of a migration by an operator's decision. */
    enum NewState {
        APPLIED,
        PENDING
    }
}
