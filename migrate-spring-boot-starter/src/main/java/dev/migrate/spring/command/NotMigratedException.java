package dev.migrate.spring.command;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationException;
import dev.migrate.internal.plan.PlannedMigration;
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

    private final int exitCode;

    private NotMigratedException(String message, String action, int exitCode) {
        super(message, action, null);
        this.exitCode = exitCode;
    }

    static NotMigratedException of(StartPreview readiness, StartupContext place) {
        EnvironmentName environment = place.settings().environment();
        BlockingVerdict halted = readiness.halted();
        RunningMigration running = readiness.running();
        String migrate = "MIGRATE_MODE=once MIGRATE_COMMAND=migrate";
        if (halted != null) {
            Attempt attempt = halted.attempt();
            return new NotMigratedException(
                    (attempt.isRevert() ? "Reverting migration " : "Migration ") + attempt.displayName() + " is "
                            + halted.outcome() + " in " + environment + " (attempt " + attempt.number()
                            + (attempt.deployment() == null ? "" : ", deployment " + attempt.deployment()) + ")"
                            + (halted.error() == null ? "" : ": " + halted.error()) + ".",
                    "Run this image once with " + migrate + ": it goes on, or says what is in the way and how to get"
                            + " past it. Then start this process again.",
                    readiness.exitCode());
        }
        String action = "Run this image once with " + migrate + ", then start this process again. With"
                + " migrate.verify.wait=10m it waits for another process that does so.";
        if (running != null) {
            Attempt attempt = running.attempt();
            return new NotMigratedException(
                    "Migration " + attempt.displayName() + " is " + (attempt.isRevert() ? "being reverted" : "running")
                            + " in " + environment + ": " + attempt.owner() + " owns it since " + attempt.startedAt()
                            + ".",
                    "Start this process again when it has ended; migrate.verify.wait is how long it waits for that. If the"
                            + " owner is gone, run this image once with " + migrate
                            + ": after the owner's lease it says"
                            + " what became of it.",
                    readiness.exitCode());
        }
        String pending =
                readiness.pending().stream().map(NotMigratedException::title).collect(Collectors.joining(", "));
        return new NotMigratedException(
                DisplayFormats.count(readiness.pending().size(), "migration is", "migrations are") + " pending in "
                        + environment + ": " + pending + ".",
                action,
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
