package dev.migrate.spring;

import dev.migrate.ledger.Ticker;
import dev.migrate.run.MigrationListener;
import dev.migrate.spring.ecs.ScaleInGuard;
import dev.migrate.spring.ecs.TaskProtection;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.util.StringUtils;

/**
 * Runs the migrations of an application at its start. It has no conditions on properties: an application processed
 * ahead of time would keep what was true when it was built.
 *
 * @since 0.1
 */
@AutoConfiguration
@EnableConfigurationProperties(MigrateProperties.class)
public final class MigrateAutoConfiguration {

    private static final Duration AT_END = Duration.ofSeconds(2);

    MigrateAutoConfiguration() {}

    @Bean
    static EarlyRead migrateEarlyRead(Environment environment) {
        return new EarlyRead(environment);
    }

    @Bean
    static MigrationRegistrar migrationRegistrar(Environment environment, ResourceLoader resources) {
        return new MigrationRegistrar(environment, resources);
    }

    @Bean
    static LazyInitializationExcludeFilter migrateIsNotLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(
                MigrationMonitor.class,
                MigrationStartup.class,
                StartInRunner.class,
                StartEarly.class,
                StopOnClose.class);
    }

    @Bean
    MigrationMonitor migrationMonitor() {
        return new MigrationMonitor();
    }

    @Bean
    RunFactory migrateRunFactory(
            MigrateProperties properties,
            MigrationRegistrar registrar,
            MigrationMonitor monitor,
            ObjectProvider<MigrationListener> listeners,
            ObjectProvider<ListenerFactory> factories,
            ObjectProvider<ActionSurrounding> surroundings,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<GitProperties> git) {
        var participants = new Participants(listeners, factories, surroundings);
        return new RunFactory(properties, registrar.catalog(), monitor, participants, build, git);
    }

    /** What the run tells, as events of the application. */
    @Bean
    Aside migrateEvents(ApplicationEventPublisher application) {
        return new Aside("migrate-events", settings -> MigrationListener.of(application::publishEvent), AT_END);
    }

    /** Protection of the task on Amazon ECS while an action runs. */
    @Bean
    Aside migrateTaskProtection(Environment environment) {
        String agent = environment.getProperty(TaskProtection.VARIABLE);
        return new Aside(
                "migrate-task-protection",
                settings ->
                        StringUtils.hasText(agent) ? new ScaleInGuard(new TaskProtection(agent), Ticker.SYSTEM) : null,
                AT_END);
    }

    @Bean
    MigrationStartup migrationStartup(
            MigrateProperties properties,
            EarlyRead early,
            RunFactory runs,
            MigrationMonitor monitor,
            ObjectProvider<StartTask> tasks,
            ApplicationStartup steps) {
        return new MigrationStartup(properties, early, runs, monitor, tasks, steps);
    }

    @Bean
    StartInRunner migrateStartInRunner(MigrationStartup startup) {
        return new StartInRunner(startup);
    }

    @Bean
    StartEarly migrateStartEarly(MigrationStartup startup) {
        return new StartEarly(startup);
    }

    @Bean
    StopOnClose migrateStopOnClose(ApplicationContext context, MigrationStartup startup) {
        return new StopOnClose(context, startup);
    }
}
