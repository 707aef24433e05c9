package dev.migrate.spring.autoconfigure;

import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.ActionInterceptor;
import dev.migrate.spring.AsyncListener;
import dev.migrate.spring.ListenerFactory;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartupMode;
import dev.migrate.spring.discovery.MigrationBeanRegistrar;
import dev.migrate.spring.ecs.TaskProtection;
import dev.migrate.spring.ecs.TaskProtectionListener;
import dev.migrate.spring.startup.BackgroundWorkWarning;
import dev.migrate.spring.startup.LedgerPrefetch;
import dev.migrate.spring.startup.MigrationApplicationRunner;
import dev.migrate.spring.startup.MigrationLifecycle;
import dev.migrate.spring.startup.MigrationMonitor;
import dev.migrate.spring.startup.MigrationStartup;
import dev.migrate.spring.startup.RunCollaborators;
import dev.migrate.spring.startup.ShutdownListener;
import dev.migrate.spring.startup.StartupContextFactory;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Runs the migrations when the application starts. Properties are evaluated at run time, not by conditions, because AOT
 * processing would freeze conditions at build time.
 *
 * @since 0.1
 */
@AutoConfiguration
@EnableConfigurationProperties(MigrateProperties.class)
public final class MigrateAutoConfiguration {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    MigrateAutoConfiguration() {}

    @Bean("dev.migrate.ledgerPrefetch")
    static LedgerPrefetch migrateEarlyRead(Environment environment) {
        return new LedgerPrefetch(environment);
    }

    @Bean("dev.migrate.registrar")
    static MigrationBeanRegistrar migrationRegistrar(Environment environment, ResourceLoader resources) {
        return new MigrationBeanRegistrar(environment, resources);
    }

    @Bean("dev.migrate.lazyInitializationExcludeFilter")
    static LazyInitializationExcludeFilter migrateIsNotLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(
                MigrationMonitor.class,
                MigrationStartup.class,
                MigrationApplicationRunner.class,
                MigrationLifecycle.class,
                ShutdownListener.class);
    }

    @Bean("dev.migrate.monitor")
    MigrationMonitor migrationMonitor() {
        return new MigrationMonitor();
    }

    @Bean("dev.migrate.startupContextFactory")
    StartupContextFactory migrateRunFactory(
            MigrateProperties properties,
            MigrationBeanRegistrar registrar,
            MigrationMonitor monitor,
            ObjectProvider<MigrationListener> listeners,
            ObjectProvider<ListenerFactory> factories,
            ObjectProvider<ActionInterceptor> interceptors,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<GitProperties> git,
            ApplicationContext context) {
        var collaborators = new RunCollaborators(listeners, factories, interceptors);
        return new StartupContextFactory(
                properties, registrar.registry(), monitor, collaborators, build, git, isWeb(context));
    }

    /** By name, because Boot 3 and 4 have the interfaces in different packages. */
    private static boolean isWeb(ApplicationContext context) {
        return ClassUtils.getAllInterfacesAsSet(context).stream()
                .anyMatch(type -> type.getSimpleName().endsWith("WebApplicationContext"));
    }

    /** Publishes the events of the run as application events. */
    @Bean("dev.migrate.events")
    AsyncListener migrateEvents(ApplicationEventPublisher application) {
        return new AsyncListener(
                "migrate-events", settings -> MigrationListener.of(application::publishEvent), CLOSE_TIMEOUT);
    }

    /** Protects the task on Amazon ECS from scale-in while an action runs. */
    @Bean("dev.migrate.taskProtection")
    AsyncListener migrateTaskProtection(Environment environment) {
        String agent = environment.getProperty(TaskProtection.VARIABLE);
        return new AsyncListener(
                "migrate-task-protection",
                settings -> StringUtils.hasText(agent)
                        ? new TaskProtectionListener(new TaskProtection(agent), TimeSource.SYSTEM)
                        : null,
                CLOSE_TIMEOUT);
    }

    @Bean("dev.migrate.startup")
    MigrationStartup migrationStartup(
            MigrateProperties properties,
            LedgerPrefetch prefetch,
            StartupContextFactory contexts,
            MigrationMonitor monitor,
            ObjectProvider<StartupMode> modes,
            ApplicationStartup steps) {
        return new MigrationStartup(properties, prefetch, contexts, monitor, modes, steps);
    }

    @Bean("dev.migrate.runner")
    MigrationApplicationRunner migrateStartInRunner(MigrationStartup startup) {
        return new MigrationApplicationRunner(startup);
    }

    @Bean("dev.migrate.startEarly")
    MigrationLifecycle migrateStartEarly(MigrationStartup startup, ApplicationContext context) {
        return MigrationLifecycle.early(startup, context);
    }

    @Bean("dev.migrate.startWeb")
    MigrationLifecycle migrateStartWeb(MigrationStartup startup, ApplicationContext context) {
        return MigrationLifecycle.web(startup, context);
    }

    /** Warns about scheduled tasks and message listeners that work while the runner runs the migrations. */
    @Bean("dev.migrate.backgroundWork")
    ListenerFactory migrateBackgroundWork(MigrateProperties properties, ConfigurableListableBeanFactory beans) {
        return settings -> BackgroundWorkWarning.of(properties, beans);
    }

    @Bean("dev.migrate.shutdownListener")
    ShutdownListener migrateStopOnClose(ApplicationContext context, MigrationStartup startup) {
        return new ShutdownListener(context, startup);
    }
}
