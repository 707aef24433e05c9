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

/** The result of a command, independent of the output format. */
sealed interface CommandResult {

    /** The exit code. */
    default int exitCode() {
        return ExitCode.DONE;
    }

    /** The problem, or null. */
    default @Nullable Problem problem() {
        return null;
    }

    /** A command that failed without any other result. */
    record Failure(int exitCode, Problem problem) implements CommandResult {}

    /** The state of every migration. */
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

    /** The events, the oldest first. */
    record History(List<HistoryRow> rows) implements CommandResult {}

    /**
     * What {@code migrate} would do.
     *
     * @param obstacle what blocks it or what it waits for, or null
     * @param noRegister the message if there is no register; null if there is one
     */
    record Plan(@Nullable String obstacle, @Nullable String noRegister, List<PlanRow> rows) implements CommandResult {

        @Override
        public int exitCode() {
            return obstacle == null ? ExitCode.DONE : ExitCode.BLOCKED;
        }
    }

    /**
     * The plan for one migration.
     *
     * @param preview the preview of the action, or null
     * @param previewError why the preview failed, or null
     */
    record PlanRow(PlannedMigration planned, @Nullable String preview, @Nullable String previewError) {}

    /**
     * The migrations that were applied or reverted, also if the run failed.
     *
     * @param done the migrations, in order
     * @param to the last migration to run, or null for all
     * @param found the number of migrations in the application
     * @param elapsed the duration, including waits
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

    /** A migration that this command applied or reverted. */
    record CompletedRun(Attempt attempt, Duration took, Instant finishedAt) {}

    /**
     * A change of the ledger by an operator.
     *
     * @param changed the changed migrations, in order
     */
    record Decision(List<ChangedMigration> changed, Operator by, @Nullable String reason) implements CommandResult {}

    /**
     * The list of commands.
     *
     * @param commands a heading and one line for each command
     */
    record Help(String commands) implements CommandResult {}

    /** The state of a migration after an operator's command. */
    record ChangedMigration(MigrationId id, @Nullable String name, NewState became) {}

    /** The states that an operator's command can set. */
    enum NewState {
        APPLIED,
        PENDING
    }
}
