package dev.migrate.spring.startup;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners. One that throws keeps nothing from the others, and changes no outcome. */
record CompositeMigrationListener(List<MigrationListener> listeners) implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(CompositeMigrationListener.class);

    @Override
    public void on(MigrationEvent event) {
        for (MigrationListener listener : listeners) {
            try {
                listener.on(event);
            } catch (Throwable e) { // also an error, and what was thrown without being declared
                log.warn(
                        "The listener {} failed to take {}",
                        listener.getClass().getName(),
                        event,
                        ForeignText.printable(e));
            }
        }
    }
}
