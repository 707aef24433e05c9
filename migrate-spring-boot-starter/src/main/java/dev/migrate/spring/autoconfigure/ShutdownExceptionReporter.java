package dev.migrate.spring.autoconfigure;

import dev.migrate.internal.protocol.RunCancelledException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Suppresses the failure report of a startup that a shutdown cancelled. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ShutdownExceptionReporter implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RunCancelledException) {
                return true;
            }
        }
        return false;
    }
}
