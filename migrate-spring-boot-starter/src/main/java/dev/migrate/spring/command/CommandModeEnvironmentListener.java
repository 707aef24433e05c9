package dev.migrate.spring.command;

import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** Prepares the environment for mode {@code once}: no port, and no log on standard output. */
final class CommandModeEnvironmentListener
        implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (mode(environment) == MigrateProperties.Mode.ONCE) {
            CommandModePropertySource.add(environment);
        }
    }

    private static MigrateProperties.Mode mode(ConfigurableEnvironment environment) {
        try {
            return Binder.get(environment)
                    .bind("migrate.mode", MigrateProperties.Mode.class)
                    .orElse(MigrateProperties.Mode.STARTUP);
        } catch (BindException e) {
            throw new MigrateConfigurationException(
                    "migrate.mode is '" + environment.getProperty("migrate.mode") + "', which is not a mode.",
                    "Set migrate.mode (or the environment variable MIGRATE_MODE) to startup, once or verify, or remove it"
                            + " for startup.",
                    e);
        }
    }

    /** Runs after the configuration files are read and before logging is initialized. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 15;
    }
}
