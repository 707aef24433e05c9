package dev.migrate.spring.notification;

import dev.migrate.internal.text.ForeignText;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who is to send notices. One that fails is a warning in the log. */
record CompositeNotifier(List<Notifier> notifiers) {

    private static final Logger log = LoggerFactory.getLogger(CompositeNotifier.class);

    CompositeNotifier {
        notifiers = List.copyOf(notifiers);
    }

    void send(Notification notice) {
        for (Notifier sender : notifiers) {
            try {
                sender.send(notice);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                log.warn("The notice '{}' was not sent: the process ends", notice.subject());
                return;
            } catch (Throwable e) { // also an error: a notice changes nothing
                log.warn(
                        "The notice '{}' was not sent by {}: {}",
                        notice.subject(),
                        sender,
                        ForeignText.safe(e.toString()));
            }
        }
    }
}
