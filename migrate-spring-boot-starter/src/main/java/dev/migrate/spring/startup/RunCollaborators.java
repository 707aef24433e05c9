package dev.migrate.spring.startup;

import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.ActionInterceptor;
import dev.migrate.spring.ListenerFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** The beans that observe a run: listeners, listener factories and the interceptor. */
public record RunCollaborators(
        ObjectProvider<MigrationListener> listeners,
        ObjectProvider<ListenerFactory> factories,
        ObjectProvider<ActionInterceptor> interceptors) {

    private static final Logger log = LoggerFactory.getLogger(RunCollaborators.class);

    /**
     * The created beans.
     *
     * @param interceptor the interceptor of actions, or null
     */
    record Resolved(
            List<MigrationListener> listeners,
            List<ListenerFactory> factories,
            @Nullable ActionInterceptor interceptor) {

        /** Returns the listeners created for this run, then the listener beans, each in their order. */
        List<MigrationListener> listenersFor(RunnerSettings settings) {
            List<MigrationListener> all = new ArrayList<>();
            for (ListenerFactory factory : factories) {
                try {
                    MigrationListener listener = factory.listenerFor(settings);
                    if (listener != null) {
                        all.add(listener);
                    }
                } catch (RuntimeException | LinkageError e) {
                    log.warn(
                            "{} failed to create its listener; the run continues without it",
                            factory.getClass().getName(),
                            ForeignText.printable(e));
                }
            }
            all.addAll(listeners);
            return all;
        }
    }

    /** Creates the beans. Call it on the main thread, like all bean creation. */
    Resolved resolve(MigrationMonitor monitor) {
        return new Resolved(
                listeners
                        .orderedStream()
                        .filter(listener -> listener != monitor)
                        .toList(),
                factories.orderedStream().toList(),
                interceptors.getIfUnique());
    }
}
