package dev.migrate.chaos;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a ledger holds, read from its bytes by nothing of the library.
 *
 * @param applied the token under each number that the register calls applied
 * @param receipts the token under each number that has a receipt
 * @param running the number that is claimed, or null
 * @param halted the verdict that stands, or null
 */
record Ledger(Map<String, String> applied, Map<String, String> receipts, String running, Halted halted) {

    /** A verdict, and on which attempt of which process. */
    record Halted(String id, String verdict, String token, long pid, long at, String error) {}

    static final Ledger NONE = new Ledger(Map.of(), Map.of(), null, null);

    /** Reads the ledger of an environment; nothing where there is no register. */
    static Ledger read(ObjectStore store, String environment) {
        Optional<JsonObject> register = object(store, environment + "/ledger.json");
        if (register.isEmpty()) {
            return NONE;
        }
        Map<String, String> applied = new TreeMap<>();
        for (JsonElement record : register.get().getAsJsonArray("applied")) {
            applied.put(text(record.getAsJsonObject(), "id"), text(record.getAsJsonObject(), "token"));
        }
        Map<String, String> receipts = new TreeMap<>();
        for (String name : store.list(environment, 1000)) {
            if (name.matches("\\d+")) {
                object(store, environment + "/" + name)
                        .ifPresent(receipt -> receipts.put(name, text(receipt, "token")));
            }
        }
        JsonElement running = register.get().get("running");
        JsonElement halted = register.get().get("halted");
        return new Ledger(
                applied,
                receipts,
                running == null || running.isJsonNull() ? null : text(running.getAsJsonObject(), "id"),
                halted == null || halted.isJsonNull() ? null : halted(halted.getAsJsonObject()));
    }

    private static Halted halted(JsonObject json) {
        return new Halted(
                text(json, "id"),
                text(json, "verdict"),
                text(json, "token"),
                json.getAsJsonObject("owner").get("pid").getAsLong(),
                Instant.parse(text(json, "at")).toEpochMilli(),
                text(json, "error"));
    }

    private static String text(JsonObject json, String field) {
        JsonElement value = json.get(field);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    private static Optional<JsonObject> object(ObjectStore store, String key) {
        return store.read(key) instanceof ReadResult.Found found
                ? Optional.of(JsonParser.parseString(new String(found.content(), StandardCharsets.UTF_8))
                        .getAsJsonObject())
                : Optional.empty();
    }
}
