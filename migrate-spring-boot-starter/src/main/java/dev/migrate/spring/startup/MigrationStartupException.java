package dev.migrate.spring.startup;

import dev.migrate.MigrationException;
import org.springframework.boot.ExitCodeGenerator;

/**
 * A failed run that fails the startup. The exit code ends the process even if other threads of the application would
 * keep it alive.
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
