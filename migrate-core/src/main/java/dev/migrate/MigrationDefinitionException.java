package dev.migrate;

import org.jspecify.annotations.Nullable;

/**
 * The migrations of the application cannot be run as they are declared: two with one number, one that is not an
 * action, one that was renamed after it was applied, one out of order where that is refused. Nothing was tried.
 *
 * @since 0.1
 */
public final class MigrationDefinitionException extends MigrationException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the fault.
     *
     * @param message what is wrong with which migration
     * @param action what to do now
     */
    public MigrationDefinitionException(String message, String action) {
        this(message, action, null);
    }

    /**
     * Names the fault and its cause.
     *
     * @param message what is wrong with which migration
     * @param action what to do now
     * @param cause the cause, or null
     */
    public MigrationDefinitionException(String message, String action, @Nullable Throwable cause) {
        super(message, action, cause);
    }
}
