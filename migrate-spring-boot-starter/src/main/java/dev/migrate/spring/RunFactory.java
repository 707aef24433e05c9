package dev.migrate.spring;

import dev.migrate.run.MigrationListener;
import dev.migrate.run.MigrationRunner;
import dev.migrate.run.RunnerSettings;
import dev.migrate.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;

/** Puts a run together from what the application is and where it runs. */
final class RunFactory {

    private final MigrateProperties properties;
    private final MigrationCatalog catalog;
    private final MigrationMonitor monitor;
    private final ObjectProvider<MigrationListener> listeners;
    private final ObjectProvider<BuildProperties> build;
    private final ObjectProvider<GitProperties> git;

    RunFactory(
            MigrateProperties properties,
            MigrationCatalog catalog,
            MigrationMonitor monitor,
            ObjectProvider<MigrationListener> listeners,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<GitProperties> git) {
        this.properties = properties;
        this.catalog = catalog;
        this.monitor = monitor;
        this.listeners = listeners;
        this.build = build;
        this.git = git;
    }

    /** What makes a runner once it is known where the process runs and where the ledger is. */
    interface Prepared {
        MigrationRunner make(Surroundings here, ObjectStore store, MigrationListener attempts);
    }

    /** Fetches the beans that take part. To be called on the main thread, as every making of beans should be. */
    Prepared prepare() {
        List<MigrationListener> ofApplication = listeners
                .orderedStream()
                .filter(listener -> listener != monitor)
                .toList();
        BuildProperties built = build.getIfUnique();
        GitProperties committed = git.getIfUnique();
        return (here, store, attempts) -> make(
                here,
                store,
                Deployments.of(properties.deployment(), here.imageDigest(), built, committed),
                attempts,
                ofApplication);
    }

    private MigrationRunner make(
            Surroundings here,
            ObjectStore store,
            @Nullable String deployment,
            MigrationListener attempts,
            List<MigrationListener> ofApplication) {
        List<DeclaredMigration> migrations = catalog.of(here.environment());
        String named = Objects.requireNonNullElse(deployment, "unknown");
        // What the library itself must know comes first; what the application does with an event can wait.
        List<MigrationListener> all = new ArrayList<>(List.of(
                attempts, monitor, new MigrationLog(here.environment(), named, store.describe(), migrations.size())));
        all.addAll(ofApplication);
        return new MigrationRunner(store, migrations, settings(here, deployment), new Listeners(all));
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
