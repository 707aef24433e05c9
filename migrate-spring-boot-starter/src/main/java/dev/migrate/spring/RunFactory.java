package dev.migrate.spring;

import dev.migrate.EnvironmentName;
import dev.migrate.ledger.Ticker;
import dev.migrate.run.MigrationDefinition;
import dev.migrate.run.MigrationListener;
import dev.migrate.run.MigrationRunner;
import dev.migrate.run.RunnerSettings;
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
final class RunFactory {

    private final MigrateProperties properties;
    private final MigrationCatalog catalog;
    private final MigrationMonitor monitor;
    private final Participants participants;
    private final ObjectProvider<BuildProperties> build;
    private final ObjectProvider<GitProperties> git;

    RunFactory(
            MigrateProperties properties,
            MigrationCatalog catalog,
            MigrationMonitor monitor,
            Participants participants,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<GitProperties> git) {
        this.properties = properties;
        this.catalog = catalog;
        this.monitor = monitor;
        this.participants = participants;
        this.build = build;
        this.git = git;
    }

    /** What makes a workplace once it is known where the process runs and where the ledger is. */
    interface Prepared {
        Workplace make(
                Surroundings here, ObjectStore store, OwnAttempts attempts, UnaryOperator<MigrationRunner> begun);
    }

    /** Fetches the beans that take part. To be called on the main thread, as every making of beans should be. */
    Prepared prepare() {
        Participants.Made taking = participants.make(monitor);
        BuildProperties built = build.getIfUnique();
        GitProperties committed = git.getIfUnique();
        return (here, store, attempts, begun) -> {
            String deployment = Deployments.of(properties.deployment(), here.imageDigest(), built, committed);
            RunnerSettings settings = settings(here, deployment);
            List<MigrationDefinition> migrations = migrations(here.environment(), taking.surrounding());
            String named = Objects.requireNonNullElse(deployment, "unknown");
            var entries = new LogEntries(here.environment(), named);
            // What the library itself must know comes first; what the application does with an event can wait.
            List<MigrationListener> all = new ArrayList<>(List.of(
                    attempts,
                    monitor,
                    new MigrationLog(entries, store.describe(), migrations.size(), Ticker.SYSTEM),
                    Terminal.isThere()
                            ? new ProgressBar(System.err, Ticker.SYSTEM)
                            : new ProgressLog(entries, Ticker.SYSTEM)));
            all.addAll(taking.listenersFor(settings));
            return new Site(store, settings, migrations, catalog.ignored(), new Listeners(all), attempts, begun);
        };
    }

    private List<MigrationDefinition> migrations(EnvironmentName environment, @Nullable ActionSurrounding surrounding) {
        return catalog.of(environment).stream()
                .<MigrationDefinition>map(
                        migration -> surrounding == null ? migration : migration.in(environment, surrounding))
                .toList();
    }

    private RunnerSettings settings(Surroundings here, @Nullable String deployment) {
        return new RunnerSettings(
                here.environment(),
                deployment,
                here.owner(),
                properties.lease(),
                properties.shutdownGrace(),
                properties.onFailure(),
                properties.outOfOrder(),
                properties.recordErrorMessage());
    }
}
