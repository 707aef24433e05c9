package dev.migrate.chaos;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a write of the register output, read from its bytes by nothing of the library.
 *
 * @param applied the numbers that it calls applied
 * @param running the token of the claim, or empty
 * @param halted the token of the verdict, or empty
 * @param verdict the verdict, or empty
 * @param checkpoint the checkpoint of the claim, or else of the verdict; 0 for none
 */
record WrittenState(Set<String> applied, String running, String halted, String verdict, int checkpoint) {

    /** Reads the body of a request, in whatever chunks the client has cut it: a register fits into one of them. */
    static WrittenState parse(String body) {
        JsonObject register = JsonParser.parseString(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1))
                .getAsJsonObject();
        Set<String> applied = new TreeSet<>();
        for (JsonElement record : register.getAsJsonArray("applied")) {
            applied.add(text(record.getAsJsonObject(), "id"));
        }
        JsonObject running = object(register, "running");
        JsonObject halted = object(register, "halted");
        String checkpoint = text(running.size() > 0 ? running : halted, "checkpoint");
        return new WrittenState(
                applied,
                text(running, "token"),
                text(halted, "token"),
                text(halted, "verdict"),
                checkpoint.isEmpty() ? 0 : Integer.parseInt(checkpoint));
    }

    /** The attempt whose checkpoint it is. */
    String token() {
        return running.isEmpty() ? halted : running;
    }

    private static JsonObject object(JsonObject json, String field) {
        JsonElement value = json.get(field);
        return value == null || value.isJsonNull() ? new JsonObject() : value.getAsJsonObject();
    }

    private static String text(JsonObject json, String field) {
        JsonElement value = json.get(field);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }
}
