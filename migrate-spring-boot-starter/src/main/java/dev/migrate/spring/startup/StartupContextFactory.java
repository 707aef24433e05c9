package dev.migrate.spring.startup;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.ActionInterceptor;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.discovery.MigrationRegistry;
import dev.migrate.spring.identity.DeploymentResolver;
import dev.migrate.spring.identity.ProcessIdentity;
import dev.migrate.spring.logging.LogEvents;
import dev.migrate.spring.logging.MigrationLog;
import dev.migrate.spring.logging.ProgressBar;
import dev.migrate.spring.logging.ProgressLogger;
import dev.migrate.spring.logging.Terminal;
import dev.migrate.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;

/** Puts a run together from what the application is and where it runs. */
public final class StartupContextFactory {

    private final MigrateProperties properties;
    private final MigrationRegistry registry;
    private final MigrationMonitor monitor;
    private final RunCollaborators collaborators;
    private final ObjectProvider<BuildProperties> build;
    private final ObjectProvider<GitProperties> git;

    public StartupContextFactory(
            MigrateProperties properties,
            MigrationRegistry catalog,
            MigrationMonitor monitor,
            RunCollaborators participants,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<GitProperties> git) {
        this.properties = properties;
        this.registry = catalog;
        this.monitor = monitor;
        this.collaborators = participants;
        this.build = build;
        this.git = git;
    }

    /** What makes a workplace once it is known where the process runs and where the ledger is. */
    interface StartupContextSource {
        StartupContext create(
                ProcessIdentity here, ObjectStore store, LocalAttempts attempts, UnaryOperator<MigrationRunner> begun);
    }

    /** Fetches the beans that take part. To be called on the main thread, as every making of beans should be. */
    StartupContextSource prepare() {
        RunCollaborators.Resolved taking = collaborators.resolve(monitor);
        BuildProperties built = build.getIfUnique();
        GitProperties committed = git.getIfUnique();
        return (here, store, attempts, begun) -> {
            String deployment =
                    DeploymentResolver.resolve(properties.deployment(), here.imageDigest(), built, committed);
            RunnerSettings settings = settings(here, deployment);
            List<MigrationDefinition> migrations = migrations(here.environment(), taking.interceptor());
            String named = Objects.requireNonNullElse(deployment, "unknown");
            var entries = new LogEvents(here.environment(), named);
            // What the library itself must know comes first; what the application does with an event can wait.
            List<MigrationListener> all = new ArrayList<>(List.of(
                    attempts,
                    monitor,
                    new MigrationLog(entries, store.describe(), migrations.size()),
                    Terminal.isThere()
                            ? new ProgressBar(System.err, TimeSource.SYSTEM)
                            : new ProgressLogger(entries, TimeSource.SYSTEM)));
            all.addAll(taking.listenersFor(settings));
            return new DefaultStartupContext(
                    store,
                    settings,
                    migrations,
                    registry.ignored(),
                    new CompositeMigrationListener(all),
                    attempts,
                    begun);
        };
    }

    private List<MigrationDefinition> migrations(EnvironmentName environment, @Nullable ActionInterceptor interceptor) {
        return registry.of(environment).stream()
                .<MigrationDefinition>map(
                        migration -> interceptor == null ? migration : migration.in(environment, interceptor))
                .toList();
    }

    private RunnerSettings settings(ProcessIdentity here, @Nullable String deployment) {
        return RunnerSettings.builder(here.environment(), here.owner())
                .deployment(deployment)
                .lease(properties.lease())
                .shutdownGrace(properties.shutdownGrace())
                .onFailure(properties.onFailure())
                .outOfOrder(properties.outOfOrder())
                .recordErrorMessage(properties.recordErrorMessage())
                .build();
    }
}
