package dev.migrate.spring.command;

import dev.migrate.MigrationException;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.spring.ExitCode;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Ends the process after a command, or after the application failed to start for it, even if threads of the application are
 * still running.
 */
final class CommandExitRunListener implements SpringApplicationRunListener, Ordered {

    private static final Logger log = LoggerFactory.getLogger(CommandExitRunListener.class);

    /** Ends the process; a test replaces it. */
    static volatile IntConsumer exit = System::exit;

    @Override
    public void failed(@Nullable ConfigurableApplicationContext context, Throwable failure) {
        if (context == null || CommandModePropertySource.of(context.getEnvironment()) == null) {
            return;
        }
        int code;
        try (context) {
            code = code(failure);
            if (find(failure, CommandCompletedException.class) == null) {
                report(context, failure);
            }
        } catch (RuntimeException e) {
            log.warn("The application failed to close after the command", ForeignText.printable(e));
            code = code(failure);
        }
        exit.accept(code);
    }

    private static int code(Throwable failure) {
        CommandCompletedException completed = find(failure, CommandCompletedException.class);
        if (completed != null) {
            return completed.exitCode();
        }
        MigrationException migrationFailure = find(failure, MigrationException.class);
        if (migrationFailure != null) {
            return ExitCode.of(migrationFailure, halted -> false);
        }
        return find(failure, BindException.class) == null ? ExitCode.UNEXPECTED : ExitCode.CONFIGURATION;
    }

    /** Reports the failure as Spring Boot would, because the process ends before Spring Boot does. */
    private static void report(ConfigurableApplicationContext context, Throwable failure) {
        List<SpringBootExceptionReporter> reporters = SpringFactoriesLoader.forDefaultResourceLocation(
                        context.getClassLoader())
                .load(
                        SpringBootExceptionReporter.class,
                        ArgumentResolver.of(ConfigurableApplicationContext.class, context));
        for (SpringBootExceptionReporter reporter : reporters) {
            if (reporter.reportException(failure)) {
                return;
            }
        }
        log.error("The application failed before the command ended", ForeignText.printable(failure));
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** Runs before Spring Boot's own listener. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
