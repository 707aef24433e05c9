package dev.migrate.spring.notify;

import dev.migrate.text.ForeignText;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who is to send notices. One that fails is a warning in the log. */
record Senders(List<NoticeSender> all) {

    private static final Logger log = LoggerFactory.getLogger(Senders.class);

    Senders {
        all = List.copyOf(all);
    }

    void send(Notice notice) {
        for (NoticeSender sender : all) {
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
