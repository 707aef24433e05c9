package dev.migrate.spring;

import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationListener;
import dev.migrate.text.ForeignText;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners. One that throws keeps nothing from the others, and changes no outcome. */
record Listeners(List<MigrationListener> all) implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    @Override
    public void on(MigrationEvent event) {
        for (MigrationListener listener : all) {
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
