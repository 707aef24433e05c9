package dev.migrate.spring.notification;

import com.google.gson.JsonObject;
import dev.migrate.EnvironmentName;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt;
import dev.migrate.spring.report.JsonObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event that an operator should know about now.
 *
 * @param kind the kind of event
 * @param environment where it happened
 * @param attempt the attempt; null if the event is about a start or the ledger
 * @param text what happened and what to do, for people
 * @param error the error as the ledger records it: short, with secrets masked; null if there is none
 * @param elapsed how long the action has run; null if this process does not know
 * @param at when it happened
 * @since 0.1
 */
public record Notification(
        Kind kind,
        EnvironmentName environment,
        @Nullable Attempt attempt,
        String text,
        @Nullable String error,
        @Nullable Duration elapsed,
        Instant at) {

    /** Makes the texts printable and safe for a chat: they may quote text from outside. */
    public Notification {
        text = ChatText.plain(text);
        error = ForeignText.safeOrNull(error);
    }

    /** The kind of event. */
    public enum Kind {
        /** An action threw an exception. */
        FAILED,
        /** An attempt failed after a failed attempt. */
        FAILED_AGAIN,
        /** The process of an action ended before the action did. */
        INTERRUPTED,
        /** This process cannot start: another process's verdict or the ledger blocks it. */
        BLOCKED,
        /** The ledger has not answered for a minute or more. */
        LEDGER_UNREACHABLE,
        /** An owner sent no heartbeat for its lease. */
        TAKEN_OVER,
        /** An action has run for longer than the configured time. */
        LONG_RUNNING,
        /** A failed or interrupted migration is applied, or a blocked start resumed. */
        RECOVERED;

        /**
         * The name in JSON documents.
         *
         * @return such as {@code failed-again}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A subject: one short line of ASCII.
     *
     * @return at most 100 characters
     */
    public String subject() {
        String about = attempt == null ? "" : "migration " + attempt.id() + " ";
        return environment + ": " + about + kind.word();
    }

    /**
     * The document that a webhook receives. Chats show {@code text}. Unknown values are omitted.
     *
     * @return JSON
     */
    public String json() {
        JsonObject json = new JsonObject();
        json.addProperty("text", text);
        json.addProperty("event", kind.word());
        json.addProperty("environment", environment.value());
        if (attempt != null) {
            json.addProperty("migration", attempt.id().toString());
            JsonObjects.add(json, "name", attempt.name());
            json.addProperty("attempt", attempt.number());
            json.addProperty("undoing", attempt.isRevert());
            JsonObjects.add(json, "deployment", attempt.deployment());
            JsonObjects.add(
                    json,
                    "owner",
                    attempt.owner() == null ? null : attempt.owner().toString());
        }
        JsonObjects.add(json, "error", error);
        JsonObjects.add(json, "elapsedMillis", elapsed);
        json.addProperty("at", at.toString());
        return json.toString();
    }
}
