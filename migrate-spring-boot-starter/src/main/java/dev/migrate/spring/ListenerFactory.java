package dev.migrate.spring;

import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.MigrationListener;
import org.jspecify.annotations.Nullable;

/**
 * Creates a listener for one run. Declare a bean of this type if the listener needs the settings of the run, such as
 * the environment or the deployment, which events do not contain. Otherwise declare a {@link MigrationListener} bean.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ListenerFactory {

    /**
     * Creates the listener before the run begins. If this throws, the run logs a warning and continues without the
     * listener.
     *
     * @param settings the settings of the run
     * @return the listener, or null for none
     */
    @Nullable
    MigrationListener listenerFor(RunnerSettings settings);
}
