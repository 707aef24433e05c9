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

/** Creates the startup context from the configuration, the migrations and the process identity. */
public final class StartupContextFactory {

    private final MigrateProperties properties;
    private final MigrationRegistry registry;
    private final MigrationMonitor monitor;
    private final RunCollaborators collaborators;
    private final ObjectProvider<BuildProperties> build;
    private final ObjectProvider<GitProperties> git;
    private final boolean webServer;

    public StartupContextFactory(
            MigrateProperties properties,
            MigrationRegistry registry,
            MigrationMonitor monitor,
            RunCollaborators collaborators,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<GitProperties> git,
            boolean webServer) {
        this.properties = properties;
        this.registry = registry;
        this.monitor = monitor;
        this.collaborators = collaborators;
        this.build = build;
        this.git = git;
        this.webServer = webServer;
    }

    /** Creates the context when the process identity and the store are available. */
    interface StartupContextSource {
        StartupContext create(
                ProcessIdentity identity,
                ObjectStore store,
                LocalAttempts attempts,
                UnaryOperator<MigrationRunner> onRunnerCreated);
    }

    /** Creates the required beans. Call it on the main thread, like all bean creation. */
    StartupContextSource prepare() {
        RunCollaborators.Resolved resolved = collaborators.resolve(monitor);
        BuildProperties buildProperties = build.getIfUnique();
        GitProperties gitProperties = git.getIfUnique();
        return (identity, store, attempts, onRunnerCreated) -> {
            String deployment = DeploymentResolver.resolve(
                    properties.deployment(), identity.imageDigest(), buildProperties, gitProperties);
            RunnerSettings settings = settings(identity, deployment);
            List<MigrationDefinition> migrations = migrations(identity.environment(), resolved.interceptor());
            String deploymentName = Objects.requireNonNullElse(deployment, "unknown");
            var entries = new LogEvents(identity.environment(), deploymentName);
            // The library's own listeners come first, before those of the application.
            List<MigrationListener> all = new ArrayList<>(List.of(
                    attempts,
                    monitor,
                    new MigrationLog(
                            entries,
                            new MigrationLog.Application(
                                    store.describe(),
                                    migrations.size(),
                                    registry.noneFound().orElse(null),
                                    webServer)),
                    Terminal.isThere()
                            ? new ProgressBar(System.err, TimeSource.SYSTEM)
                            : new ProgressLogger(entries, TimeSource.SYSTEM)));
            all.addAll(resolved.listenersFor(settings));
            return new DefaultStartupContext(
                    store,
                    settings,
                    migrations,
                    registry.ignored(),
                    new CompositeMigrationListener(all),
                    attempts,
                    onRunnerCreated);
        };
    }

    private List<MigrationDefinition> migrations(EnvironmentName environment, @Nullable ActionInterceptor interceptor) {
        return registry.of(environment).stream()
                .<MigrationDefinition>map(
                        migration -> interceptor == null ? migration : migration.in(environment, interceptor))
                .toList();
    }

    private RunnerSettings settings(ProcessIdentity identity, @Nullable String deployment) {
        return RunnerSettings.builder(identity.environment(), identity.owner())
                .deployment(deployment)
                .lease(properties.lease())
                .shutdownGrace(properties.shutdownGrace())
                .onFailure(properties.onFailure())
                .outOfOrder(properties.outOfOrder())
                .recordErrorMessage(properties.recordErrorMessage())
                .build();
    }
}
