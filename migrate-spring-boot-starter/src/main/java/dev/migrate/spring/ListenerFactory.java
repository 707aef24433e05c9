package dev.migrate.spring;

import dev.migrate.run.MigrationListener;
import dev.migrate.run.RunnerSettings;
import org.jspecify.annotations.Nullable;

/**
 * Makes a listener for the run of this process, once it is known where that is. A bean of this type is for a listener that
 * must know the environment, the deployment or the owner; any other can be a bean itself.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ListenerFactory {

    /**
     * Makes the listener. Called once, on the thread that runs the migrations.
     *
     * @param settings how the run is set up
     * @return the listener; null when nobody is to be told
     */
    @Nullable
    MigrationListener listener(RunnerSettings settings);
}
