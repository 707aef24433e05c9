package dev.migrate.spring;

import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.MigrationListener;
import org.jspecify.annotations.Nullable;

/**
 * Makes a listener for one run, where the listener has to know how the run is set up: the events tell neither the
 * environment nor the deployment. Otherwise a bean that is a {@link MigrationListener} does.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ListenerFactory {

    /**
     * Makes a listener, before anything is tried. One that cannot be made is done without.
     *
     * @param settings how the run is set up
     * @return the listener; null when nobody is to be told
     */
    @Nullable
    MigrationListener listenerFor(RunnerSettings settings);
}
