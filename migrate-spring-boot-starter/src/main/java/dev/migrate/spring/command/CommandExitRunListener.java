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
 * Ends the process when a command is done, and when the application could not start to do it; also where threads of the
 * application would keep it alive.
 */
final class CommandExitRunListener implements SpringApplicationRunListener, Ordered {

    private static final Logger log = LoggerFactory.getLogger(CommandExitRunListener.class);

    /** What ends the process; a test puts something else here. */
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
            log.warn("The application did not close well after the command", ForeignText.printable(e));
            code = code(failure);
        }
        exit.accept(code);
    }

    private static int code(Throwable failure) {
        CommandCompletedException ended = find(failure, CommandCompletedException.class);
        if (ended != null) {
            return ended.exitCode();
        }
        MigrationException ours = find(failure, MigrationException.class);
        if (ours != null) {
            return ExitCode.of(ours, halted -> false);
        }
        return find(failure, BindException.class) == null ? ExitCode.UNEXPECTED : ExitCode.CONFIGURATION;
    }

    /** As Boot would, which comes to it only after this. */
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
        log.error("The application failed before the command was done", ForeignText.printable(failure));
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** Before the listener that tells the application of it. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
