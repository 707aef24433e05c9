package dev.migrate.spring.startup;

import dev.migrate.MigrationException;
import org.springframework.boot.ExitCodeGenerator;

/**
 * A run ended badly, and so the start fails. The exit code makes the process end even where the application has
 * started threads that would keep it alive.
 */
final class MigrationStartupException extends MigrationException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    MigrationStartupException(MigrationException cause, int exitCode) {
        super(String.valueOf(cause.getMessage()), cause.action(), cause);
        this.exitCode = exitCode;
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
