package dev.migrate.spring.command;

import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.MigrationMonitor;
import dev.migrate.spring.StartTask;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Adds what the modes {@code once} and {@code verify} do. Which mode it is, is read when the application starts, not by a
 * condition, which AOT processing would freeze.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.MigrateAutoConfiguration")
@ConditionalOnBean(MigrationMonitor.class)
public final class CommandAutoConfiguration {

    CommandAutoConfiguration() {}

    @Bean
    StartTask migrateCommandTask(
            MigrateProperties properties,
            ObjectProvider<ApplicationArguments> arguments,
            ConfigurableEnvironment environment) {
        ApplicationArguments given = arguments.getIfAvailable();
        OnceSettings settings = OnceSettings.of(environment);
        Printer printer = Printer.of(properties.output(), settings == null ? System.out : settings.output());
        return new CommandTask(properties, given == null ? List.of() : given.getNonOptionArgs(), printer);
    }

    @Bean
    StartTask migrateVerifyTask(MigrateProperties properties) {
        return new VerifyTask(properties.verify().atMost());
    }
}
