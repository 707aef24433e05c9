package dev.migrate.spring.command;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What mode {@code once} changes in the environment of the application: no port is opened. Its presence is what tells the
 * mode to whatever comes later, and it keeps the process's own standard output, which is for the answer alone.
 */
final class CommandModePropertySource extends MapPropertySource {

    private static final String NAME = "migrateOnce";
    /** Each calls it a warning that a refresh did not come to its end. Here that is how every command ends. */
    private static final List<String> CONTEXTS = List.of(
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
        settings.put("server.port", "-1"); // a web application it stays, so that its beans find what they need
        CONTEXTS.forEach(logger -> settings.put("logging.level." + logger, "error"));
        return settings;
    }

    static void add(ConfigurableEnvironment environment) {
        environment.getPropertySources().addFirst(new CommandModePropertySource(StdoutRedirect.own()));
    }

    /** Those of an application in this mode; null in any other. */
    static @Nullable CommandModePropertySource of(ConfigurableEnvironment environment) {
        return environment.getPropertySources().get(NAME) instanceof CommandModePropertySource settings
                ? settings
                : null;
    }

    PrintStream output() {
        return output;
    }
}
