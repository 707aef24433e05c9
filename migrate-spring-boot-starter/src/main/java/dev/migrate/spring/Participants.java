package dev.migrate.spring;

import dev.migrate.run.MigrationListener;
import dev.migrate.run.RunnerSettings;
import dev.migrate.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** The beans that take part in a run without changing it. */
record Participants(
        ObjectProvider<MigrationListener> listeners,
        ObjectProvider<ListenerFactory> factories,
        ObjectProvider<ActionSurrounding> surroundings) {

    private static final Logger log = LoggerFactory.getLogger(Participants.class);

    /**
     * What takes part, once it is made.
     *
     * @param surrounding what stands around the actions; null for nothing
     */
    record Made(
            List<MigrationListener> listeners,
            List<ListenerFactory> factories,
            @Nullable ActionSurrounding surrounding) {

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
    Made make(MigrationMonitor monitor) {
        return new Made(
                listeners
                        .orderedStream()
                        .filter(listener -> listener != monitor)
                        .toList(),
                factories.orderedStream().toList(),
                surroundings.getIfUnique());
    }
}
