package dev.migrate.spring;

import dev.migrate.spring.fixtures.PlainApp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts applications without a web server, on some ledger. */
public record TestApplications(String ledger) {

    public TestApplications(Path folder) {
        this("file:" + folder);
    }

    /** In the environment odin-dev, unless an argument says otherwise. */
    public ConfigurableApplicationContext run(String fixture, String... arguments) {
        return run(new Class<?>[] {PlainApp.class}, fixture, arguments);
    }

    public ConfigurableApplicationContext run(Class<?>[] sources, String fixture, String... arguments) {
        return new SpringApplicationBuilder(sources)
                .web(WebApplicationType.NONE)
                .run(arguments(fixture, arguments));
    }

    public String[] arguments(String fixture, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.main.banner-mode=off",
                "--spring.jmx.enabled=false",
                "--migrate.packages-only=dev.migrate.spring.fixtures." + fixture,
                "--migrate.ledger=" + ledger));
        for (String argument : more) {
            String name = argument.substring(0, argument.indexOf('=') + 1);
            all.removeIf(other -> other.startsWith(name));
            all.add(argument);
        }
        if (all.stream().noneMatch(argument -> argument.startsWith("--migrate.environment="))) {
            all.add("--migrate.environment=odin-dev");
        }
        return all.toArray(String[]::new);
    }
}
