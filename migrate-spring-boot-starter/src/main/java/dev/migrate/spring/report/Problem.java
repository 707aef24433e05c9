package dev.migrate.spring.report;

import dev.migrate.MigrationException;

/**
 * What went wrong, and what to do now.
 *
 * @param message what happened, to what, and why
 * @param action what to do now
 * @since 0.1
 */
public record Problem(String message, String action) {

    /**
     * What an exception tells.
     *
     * @param failure the exception
     * @return its message and its action
     */
    public static Problem of(MigrationException failure) {
        return new Problem(String.valueOf(failure.getMessage()), failure.action());
    }
}
