package dev.migrate.spring.command;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationException;
import dev.migrate.internal.plan.PlannedMigration;
import dev.migrate.internal.reporting.BlockedStartDescriber;
import dev.migrate.internal.reporting.OperatorInstructions;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.report.DisplayFormats;
import dev.migrate.spring.report.StartPreview;
import java.util.stream.Collectors;
import org.springframework.boot.ExitCodeGenerator;

/** A migration is pending, and this process does not run migrations. */
final class NotMigratedException extends MigrationException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    private static final String AGAIN = " Then start this process again.";

    private final int exitCode;

    private NotMigratedException(String message, String action, int exitCode) {
        super(message, action, null);
        this.exitCode = exitCode;
    }

    static NotMigratedException of(StartPreview preview, StartupContext context) {
        EnvironmentName environment = context.settings().environment();
        BlockingVerdict halted = preview.halted();
        RunningMigration running = preview.running();
        if (halted != null) {
            Attempt attempt = halted.attempt();
            return new NotMigratedException(
                    BlockedStartDescriber.title(attempt) + " is "
                            + halted.outcome() + " in " + environment + " (attempt " + attempt.number()
                            + (attempt.deployment() == null ? "" : ", deployment " + attempt.deployment()) + ")"
                            + (halted.error() == null ? "" : ": " + halted.error()) + ".",
                    OperatorInstructions.of(halted, context.settings(), context.migrations()) + AGAIN,
                    preview.exitCode());
        }
        if (running != null) {
            Attempt attempt = running.attempt();
            return new NotMigratedException(
                    "Migration " + attempt.displayName() + " is " + (attempt.isRevert() ? "being reverted" : "running")
                            + " in " + environment + ": " + attempt.owner() + " owns it since " + attempt.startedAt()
                            + ".",
                    OperatorInstructions.of(running) + AGAIN
                            + " With migrate.verify.wait=10m, this process waits for it.",
                    preview.exitCode());
        }
        String pending =
                preview.pending().stream().map(NotMigratedException::title).collect(Collectors.joining(", "));
        return new NotMigratedException(
                DisplayFormats.count(preview.pending().size(), "migration is", "migrations are") + " pending in "
                        + environment + ": " + pending + ".",
                "First " + OperatorInstructions.migrate() + "." + AGAIN
                        + " With migrate.verify.wait=10m, it waits for another process that does so.",
                preview.exitCode());
    }

    /** Includes the reason if an earlier attempt exists, so that the operator knows that it is retried. */
    private static String title(PlannedMigration planned) {
        String name = planned.migration().id() + " " + planned.migration().name();
        return planned.reason().equals(PlannedMigration.FIRST_TIME) ? name : name + " (" + planned.reason() + ")";
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
