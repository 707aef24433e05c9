package dev.migrate.spring.command;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationException;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Running;
import dev.migrate.run.Planned;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.report.Readiness;
import dev.migrate.spring.report.Words;
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

    static NotMigratedException of(Readiness readiness, Workplace place) {
        EnvironmentName environment = place.settings().environment();
        Halted halted = readiness.halted();
        Running running = readiness.running();
        String migrate = "MIGRATE_MODE=once MIGRATE_COMMAND=migrate";
        if (halted != null) {
            Attempt attempt = halted.attempt();
            return new NotMigratedException(
                    (attempt.reverts() ? "Undoing migration " : "Migration ") + attempt.title() + " is "
                            + halted.verdict() + " in " + environment + " (attempt " + attempt.number()
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
                    "Migration " + attempt.title() + " is " + (attempt.reverts() ? "being undone" : "running") + " in "
                            + environment + ": " + attempt.owner() + " owns it since " + attempt.startedAt() + ".",
                    "Start this process again when it has ended; migrate.verify.wait is how long it waits for that. If the"
                            + " owner is gone, run this image once with " + migrate
                            + ": after the owner's lease it says"
                            + " what became of it.",
                    readiness.exitCode());
        }
        String pending =
                readiness.pending().stream().map(NotMigratedException::title).collect(Collectors.joining(", "));
        return new NotMigratedException(
                Words.count(readiness.pending().size(), "migration is", "migrations are") + " pending in " + environment
                        + ": " + pending + ".",
                action,
                readiness.exitCode());
    }

    /** With what is known of it, where it was tried before: whoever deploys should know that it is tried again. */
    private static String title(Planned planned) {
        String name = planned.migration().id() + " " + planned.migration().name();
        return planned.why().equals(Planned.FIRST_TIME) ? name : name + " (" + planned.why() + ")";
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
