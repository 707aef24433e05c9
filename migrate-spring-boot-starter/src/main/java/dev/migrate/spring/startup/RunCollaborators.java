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

/** The beans that take part in a run without changing it. */
public record RunCollaborators(
        ObjectProvider<MigrationListener> listeners,
        ObjectProvider<ListenerFactory> factories,
        ObjectProvider<ActionInterceptor> interceptors) {

    private static final Logger log = LoggerFactory.getLogger(RunCollaborators.class);

    /**
     * What takes part, once it is made.
     *
     * @param interceptor what stands around the actions; null for nothing
     */
    record Resolved(
            List<MigrationListener> listeners,
            List<ListenerFactory> factories,
            @Nullable ActionInterceptor interceptor) {

        /** Those that are made for this run first, then the listeners of the application, each in its order. */
        List<MigrationListener> listenersFor(RunnerSettings settings) {
            List<MigrationListener> all = new ArrayList<>();
            for (ListenerFactory factory : factories) {
                try {
                    MigrationListener made = factory.listenerFor(settings);
                    if (made != null) {
                        all.add(made);
                    }
                } catch (RuntimeException | LinkageError e) {
                    log.warn(
                            "{} made no listener; the run goes on without it",
                            factory.getClass().getName(),
                            ForeignText.printable(e));
                }
            }
            all.addAll(listeners);
            return all;
        }
    }

    /** Makes them. To be called on the main thread, as every making of beans should be. */
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
