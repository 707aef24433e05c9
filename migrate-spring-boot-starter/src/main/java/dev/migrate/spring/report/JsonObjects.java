package dev.migrate.spring.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.MigrationId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values in JSON documents: unknown values are omitted, durations are milliseconds, times are ISO-8601 in UTC.
 *
 * @since 0.1
 */
public final class JsonObjects {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonObjects() {}

    /**
     * Creates an array.
     *
     * @param <T> the type of the elements
     * @param all the elements
     * @param json converts an element
     * @return the array
     */
    public static <T> JsonArray array(Collection<T> all, Function<T, JsonObject> json) {
        JsonArray array = new JsonArray();
        all.forEach(one -> array.add(json.apply(one)));
        return array;
    }

    /**
     * Returns the word for a constant.
     *
     * @param value the constant
     * @return its name in lower case
     */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Adds a field, unless its value is unknown.
     *
     * @param json the object
     * @param name the name of the field
     * @param value a duration, a time, a text or a sequence number; null if it is unknown
     */
    public static void add(JsonObject json, String name, @Nullable Object value) {
        if (value instanceof Duration duration) {
            json.addProperty(name, duration.toMillis());
        } else if (value instanceof Instant time) {
            json.addProperty(name, time.truncatedTo(ChronoUnit.MILLIS).toString());
        } else if (value instanceof String || value instanceof MigrationId) {
            json.addProperty(name, value.toString());
        }
    }

    /**
     * Adds an entry to a flat document, unless its value is unknown.
     *
     * @param document the document, as a map
     * @param name the name of the entry
     * @param value the value, added as text; null if it is unknown
     */
    public static void put(Map<String, ? super String> document, String name, @Nullable Object value) {
        if (value != null) {
            document.put(name, value.toString());
        }
    }

    /**
     * Formats a document.
     *
     * @param json the document
     * @return the text, which ends with a line break
     */
    public static String text(JsonObject json) {
        return GSON.toJson(json) + "\n";
    }
}
