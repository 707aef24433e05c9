package dev.migrate.spring.startup;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to several listeners. An exception of one listener is logged and affects neither the others nor the
 * run.
 */
record CompositeMigrationListener(List<MigrationListener> listeners) implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(CompositeMigrationListener.class);

    @Override
    public void on(MigrationEvent event) {
        for (MigrationListener listener : listeners) {
            try {
                listener.on(event);
            } catch (Throwable e) { // including errors and undeclared checked exceptions
                log.warn(
                        "The listener {} failed to handle {}",
                        listener.getClass().getName(),
                        event,
                        ForeignText.printable(e));
            }
        }
    }
}
