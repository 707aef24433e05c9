package dev.migrate.internal.ledger;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.MigrationId;
import dev.migrate.internal.text.ForeignText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, read by name; what nobody asked for is left over. */
final class JsonFields {

    /** Far below the parser's limit, so that a record can move to a deeper level. */
    private static final int DEEPEST = 200;

    private static final int LONGEST_SHOWN = 200;

    private final JsonObject json;
    private final String location;
    private final Set<String> known = new HashSet<>();

    private JsonFields(JsonObject json, String where) {
        this.json = json;
        this.location = where;
    }

    static JsonFields of(JsonElement element, String where) {
        if (!element.isJsonObject()) {
            throw new MalformedException(where + " is no object");
        }
        return new JsonFields(element.getAsJsonObject(), where);
    }

    /** A field's value; null where it is absent or null. */
    @Nullable
    JsonElement element(String name) {
        known.add(name);
        JsonElement element = json.get(name);
        return element == null || element.isJsonNull() ? null : element;
    }

    Optional<JsonFields> object(String name) {
        return Optional.ofNullable(element(name)).map(element -> of(element, location + "." + name));
    }

    @Nullable
    String text(String name) {
        JsonElement element = element(name);
        if (element == null) {
            return null;
        }
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
            throw new MalformedException(location + "." + name + " is no text");
        }
        return element.getAsString();
    }

    String requiredText(String name) {
        String text = text(name);
        if (text == null) {
            throw new MalformedException(location + "." + name + " is missing");
        }
        return text;
    }

    long number(String name, long otherwise) {
        JsonElement element = element(name);
        if (element == null) {
            return otherwise;
        }
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isNumber()) {
            throw new MalformedException(location + "." + name + " is no number");
        }
        try {
            BigDecimal number = element.getAsBigDecimal();
            // A huge exponent would make the exact conversion build a huge number first.
            if (number.precision() - number.scale() > 19) {
                throw new MalformedException(location + "." + name + " is too large");
            }
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw new MalformedException(location + "." + name + " is no whole number");
        } catch (NumberFormatException e) {
            throw new MalformedException(location + "." + name + " is out of range");
        }
    }

    /** False where the field is absent. */
    boolean flag(String name) {
        JsonElement element = element(name);
        if (element == null) {
            return false;
        }
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isBoolean()) {
            throw new MalformedException(location + "." + name + " is neither true nor false");
        }
        return element.getAsBoolean();
    }

    @Nullable
    Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedException(location + "." + name + " is no time");
        }
    }

    MigrationId id(String name) {
        String text = requiredText(name);
        return MigrationId.parse(text)
                .orElseThrow(() -> new MalformedException(location + "." + name + " is not a sequence number"));
    }

    /** The fields that nobody asked for, as JSON. */
    Map<String, String> unknownFields() {
        Map<String, String> rest = new TreeMap<>();
        for (String name : json.keySet()) {
            if (!known.contains(name)) {
                JsonElement element = json.get(name);
                if (depth(element) > DEEPEST) {
                    throw new MalformedException(location + "." + shown(name) + " is nested too deeply");
                }
                rest.put(name, element.toString());
            }
        }
        return rest;
    }

    private static int depth(JsonElement element) {
        int deepest = 0;
        if (element.isJsonArray()) {
            for (JsonElement item : element.getAsJsonArray()) {
                deepest = Math.max(deepest, depth(item));
            }
        } else if (element.isJsonObject()) {
            for (Map.Entry<String, JsonElement> field :
                    element.getAsJsonObject().entrySet()) {
                deepest = Math.max(deepest, depth(field.getValue()));
            }
        } else {
            return 0;
        }
        return deepest + 1;
    }

    /** The same in one text; empty when there are none. */
    Optional<String> unknownFieldsAsText() {
        JsonObject rest = new JsonObject();
        mergeUnknownFields(rest, unknownFields());
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest.toString());
    }

    /** Parses the result of {@link #unknownFieldsAsText}; empty if the text comes from another record and is not an object. */
    static Map<String, String> unknownFieldsOf(String text) {
        JsonElement rest = JsonParser.parseString(text);
        return rest.isJsonObject() ? new JsonFields(rest.getAsJsonObject(), "").unknownFields() : Map.of();
    }

    /**
     * Puts back what {@link #unknownFields} kept. What this version knows it alone writes, so that a field of one kind of record
     * is never taken for one of another; and what it has no value for is left out.
     */
    static void mergeUnknownFields(JsonObject json, Map<String, String> rest) {
        List<String> without = json.keySet().stream()
                .filter(name -> json.get(name).isJsonNull())
                .toList();
        new TreeMap<>(rest).forEach((name, value) -> {
            if (!json.has(name)) {
                json.add(name, JsonParser.parseString(value));
            }
        });
        without.forEach(json::remove);
    }

    /** A text from the ledger, fit for a message: short, and in one line. */
    static String shown(String text) {
        String shorter = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        return ForeignText.printable(shorter);
    }

    /** Something in the JSON has not the form it should have. */
    static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }
}
