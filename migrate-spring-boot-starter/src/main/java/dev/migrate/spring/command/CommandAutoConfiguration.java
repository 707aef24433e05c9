package dev.migrate.spring.command;

import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartupMode;
import dev.migrate.spring.startup.MigrationMonitor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Adds the modes {@code once} and {@code verify}. The mode is read when the application starts, because AOT processing would
 * freeze a condition.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.autoconfigure.MigrateAutoConfiguration")
@ConditionalOnBean(MigrationMonitor.class)
public final class CommandAutoConfiguration {

    CommandAutoConfiguration() {}

    @Bean("dev.migrate.commandTask")
    StartupMode migrateCommandTask(
            MigrateProperties properties,
            ObjectProvider<ApplicationArguments> arguments,
            ConfigurableEnvironment environment) {
        CommandModePropertySource settings = CommandModePropertySource.of(environment);
        ResultWriter writer = ResultWriter.of(properties.output(), settings == null ? System.out : settings.output());
        return new CommandTask(properties, words(arguments.getIfAvailable()), writer);
    }

    /** Spring parses {@code --help} as an option, but it must run the command {@code help} only. */
    private static List<String> words(@Nullable ApplicationArguments given) {
        if (given == null) {
            return List.of();
        }
        return given.containsOption("help") ? List.of(CommandLine.HELP) : given.getNonOptionArgs();
    }

    @Bean("dev.migrate.verifyTask")
    StartupMode migrateVerifyTask(MigrateProperties properties) {
        return new VerifyTask(properties.verify().atMost());
    }
}
