package dev.migrate.spring.logging;

import dev.migrate.EnvironmentName;
import dev.migrate.listener.Attempt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Creates log entries with the key-values that all of them share.
 *
 * @param deployment the running deployment, or {@code unknown}
 */
public record LogEvents(EnvironmentName environment, String deployment) {

    private static final Logger log = LoggerFactory.getLogger("dev.migrate");

    LoggingEventBuilder of(Level level, String event) {
        return new PrintableEntry(log.atLevel(level))
                .addKeyValue("event", event)
                .addKeyValue("environment", environment.value())
                .addKeyValue("deployment", deployment);
    }

    LoggingEventBuilder of(Attempt attempt, Level level, String event) {
        return of(level, event)
                .addKeyValue("migration", attempt.id().toString())
                .addKeyValue("attempt", attempt.number());
    }
}
