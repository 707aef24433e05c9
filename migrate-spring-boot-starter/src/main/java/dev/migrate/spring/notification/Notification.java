package dev.migrate.spring.notification;

import com.google.gson.JsonObject;
import dev.migrate.EnvironmentName;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person should know of now.
 *
 * @param kind what it is
 * @param environment where it happened
 * @param attempt the attempt it is about; null when it is about a start or the ledger itself
 * @param text what happened, and what to do, for people
 * @param error what went wrong, as the ledger keeps it: short, and with what looks like a secret masked; or null
 * @param elapsed how long the action has run, where this process knows; or null
 * @param at when
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

    /** Makes the texts fit to be shown, and harmless in a chat: they may tell what others wrote. */
    public Notification {
        text = ChatText.plain(text);
        error = ForeignText.safeOrNull(error);
    }

    /** What a notice is about. */
    public enum Kind {
        /** An action threw an exception. */
        FAILED,
        /** An attempt failed that was to make good one that had failed. */
        FAILED_AGAIN,
        /** An action was interrupted by the end of its process. */
        INTERRUPTED,
        /** This process cannot start, because of what another has left behind, or because the ledger refuses. */
        BLOCKED,
        /** The ledger has not answered for a minute or more. */
        LEDGER_UNREACHABLE,
        /** An owner sent no heartbeat for its lease. */
        TAKEN_OVER,
        /** An action has run for longer than is usual. */
        LONG_RUNNING,
        /** What had failed or was interrupted is applied, or a start goes on that could not. */
        RECOVERED;

        /**
         * The name in documents.
         *
         * @return such as {@code failed-again}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The beginning of it, in one short line of ASCII.
     *
     * @return at most 100 characters
     */
    public String subject() {
        String about = attempt == null ? "" : "migration " + attempt.id() + " ";
        return environment + ": " + about + kind.word();
    }

    /**
     * The document that a webhook is sent. {@code text} is what chats show; what is not known is left out.
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
            add(json, "name", attempt.name());
            json.addProperty("attempt", attempt.number());
            json.addProperty("undoing", attempt.isRevert());
            add(json, "deployment", attempt.deployment());
            add(json, "owner", attempt.owner());
        }
        add(json, "error", error);
        if (elapsed != null) {
            json.addProperty("elapsedMillis", elapsed.toMillis());
        }
        add(json, "at", at);
        return json.toString();
    }

    private static void add(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            json.addProperty(name, value.toString());
        }
    }
}
