package dev.migrate.spring;

import dev.migrate.run.MigrationsStoppedException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Keeps quiet about a start that ended because the process was asked to end: that is no failure. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SilentStop implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MigrationsStoppedException) {
                return true;
            }
        }
        return false;
    }
}
