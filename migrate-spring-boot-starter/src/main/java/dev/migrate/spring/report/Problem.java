package dev.migrate.spring.report;

import dev.migrate.MigrationException;

/**
 * A problem, and the action to take.
 *
 * @param message what happened, to what, and why
 * @param action what to do now
 * @since 0.1
 */
public record Problem(String message, String action) {

    /**
     * Converts an exception.
     *
     * @param failure the exception
     * @return its message and its action
     */
    public static Problem of(MigrationException failure) {
        return new Problem(String.valueOf(failure.getMessage()), failure.action());
    }
}
