package dev.migrate.spring.notification;

import dev.migrate.internal.text.ForeignText;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a notification to all notifiers. A failed notifier is logged as a warning. */
record CompositeNotifier(List<Notifier> notifiers) {

    private static final Logger log = LoggerFactory.getLogger(CompositeNotifier.class);

    CompositeNotifier {
        notifiers = List.copyOf(notifiers);
    }

    void send(Notification notification) {
        for (Notifier notifier : notifiers) {
            try {
                notifier.send(notification);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                log.warn("Notification '{}' was not sent: the process shuts down", notification.subject());
                return;
            } catch (Throwable e) { // also an Error: a notification must not affect the run
                log.warn(
                        "Notification '{}' was not sent by {}: {}",
                        notification.subject(),
                        notifier,
                        ForeignText.safe(e.toString()));
            }
        }
    }
}
