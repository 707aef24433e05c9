package dev.migrate.spring.command;

import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** Sees to it that mode {@code once} opens no port and that the log leaves standard output alone. */
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
                    "migrate.mode is '" + environment.getProperty("migrate.mode") + "', which is no mode.",
                    "Set migrate.mode (or the environment variable MIGRATE_MODE) to startup, once or verify, or leave it"
                            + " out for startup.",
                    e);
        }
    }

    /** After the files of the application are read, before its log is set up. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 15;
    }
}
