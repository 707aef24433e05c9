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

/** Something is pending, and this process is not the one to run it. */
final class NotMigratedException extends MigrationException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    private static final String AGAIN = " Then start this process again.";

    private final int exitCode;

    private NotMigratedException(String message, String action, int exitCode) {
        super(message, action, null);
        this.exitCode = exitCode;
    }

    static NotMigratedException of(StartPreview readiness, StartupContext place) {
        EnvironmentName environment = place.settings().environment();
        BlockingVerdict halted = readiness.halted();
        RunningMigration running = readiness.running();
        if (halted != null) {
            Attempt attempt = halted.attempt();
            return new NotMigratedException(
                    BlockedStartDescriber.title(attempt) + " is "
                            + halted.outcome() + " in " + environment + " (attempt " + attempt.number()
                            + (attempt.deployment() == null ? "" : ", deployment " + attempt.deployment()) + ")"
                            + (halted.error() == null ? "" : ": " + halted.error()) + ".",
                    OperatorInstructions.of(halted, place.settings(), place.migrations()) + AGAIN,
                    readiness.exitCode());
        }
        if (running != null) {
            Attempt attempt = running.attempt();
            return new NotMigratedException(
                    "Migration " + attempt.displayName() + " is " + (attempt.isRevert() ? "being reverted" : "running")
                            + " in " + environment + ": " + attempt.owner() + " owns it since " + attempt.startedAt()
                            + ".",
                    OperatorInstructions.of(running) + AGAIN
                            + " With migrate.verify.wait=10m, this process waits for it.",
                    readiness.exitCode());
        }
        String pending =
                readiness.pending().stream().map(NotMigratedException::title).collect(Collectors.joining(", "));
        return new NotMigratedException(
                DisplayFormats.count(readiness.pending().size(), "migration is", "migrations are") + " pending in "
                        + environment + ": " + pending + ".",
                "First " + OperatorInstructions.migrate() + "." + AGAIN
                        + " With migrate.verify.wait=10m, it waits for another process that does so.",
                readiness.exitCode());
    }

    /** With what is known of it, where it was tried before: whoever deploys should know that it is tried again. */
    private static String title(PlannedMigration planned) {
        String name = planned.migration().id() + " " + planned.migration().name();
        return planned.reason().equals(PlannedMigration.FIRST_TIME) ? name : name + " (" + planned.reason() + ")";
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
