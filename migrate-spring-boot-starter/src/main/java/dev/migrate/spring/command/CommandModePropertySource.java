package dev.migrate.spring.command;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The properties of mode {@code once}, such as no port. Its presence marks the mode for later beans and listeners. It holds
 * the original standard output, which is for the result of the command only.
 */
final class CommandModePropertySource extends MapPropertySource {

    private static final String NAME = "migrateOnce";
    /** The loggers that warn about a cancelled refresh. Every command ends with a cancelled refresh. */
    private static final List<String> CONTEXT_LOGGERS = List.of(
            "org.springframework.context.annotation.AnnotationConfigApplicationContext",
            "org.springframework.context.support.GenericApplicationContext",
            "org.springframework.boot.web.servlet.context", // Boot 3
            "org.springframework.boot.web.reactive.context",
            "org.springframework.boot.web.server.servlet.context", // Boot 4
            "org.springframework.boot.web.server.reactive.context");

    private final PrintStream output;

    private CommandModePropertySource(PrintStream output) {
        super(NAME, settings());
        this.output = output;
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("server.port", "-1"); // still a web application, because its beans may need that
        CONTEXT_LOGGERS.forEach(logger -> settings.put("logging.level." + logger, "error"));
        return settings;
    }

    static void add(ConfigurableEnvironment environment) {
        environment.getPropertySources().addFirst(new CommandModePropertySource(StdoutRedirect.original()));
    }

    /** The properties of an application in this mode; null in any other mode. */
    static @Nullable CommandModePropertySource of(ConfigurableEnvironment environment) {
        return environment.getPropertySources().get(NAME) instanceof CommandModePropertySource settings
                ? settings
                : null;
    }

    PrintStream output() {
        return output;
    }
}
