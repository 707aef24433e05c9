package dev.migrate.spring;

import dev.migrate.MigrationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;

/**
 * The configuration is wrong or incomplete. Startup fails with exit code 2 before any migration runs.
 *
 * @since 0.1
 */
public final class MigrateConfigurationException extends MigrationException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong with which property
     * @param action what to set
     */
    public MigrateConfigurationException(String message, String action) {
        this(message, action, null);
    }

    /**
     * Creates the exception with a cause.
     *
     * @param message what is wrong with which property
     * @param action what to set
     * @param cause the cause, or null
     */
    public MigrateConfigurationException(String message, String action, @Nullable Throwable cause) {
        super(message, action, cause);
    }

    @Override
    public int getExitCode() {
        return ExitCode.CONFIGURATION;
    }
}
