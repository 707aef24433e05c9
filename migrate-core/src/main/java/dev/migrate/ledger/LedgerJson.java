package dev.migrate.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ledger's two kinds of object as JSON. Format 1; fields of later versions survive. */
final class LedgerJson {

    private static final long FORMAT = 1;
    /** What deleting a register means. */
    static final String ANEW = "If there is none, stop every process, make sure that no migration failed or was"
            + " interrupted (the receipts do not tell, so it would run again; of one that had finished say 'stamp' before"
            + " the start), and start without a register: it is made anew from the receipts beside it.";

    private LedgerJson() {}

    /** A register as it was read: its state and the nonce of the write that made it so. */
    record Register(LedgerState state, String nonce) {}

    static byte[] write(LedgerState state, long revision, String nonce) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("environment", state.environment().value());
        json.addProperty("revision", revision);
        json.addProperty("nonce", nonce);
        json.add("applied", array(state.applied(), RecordJson::applied));
        json.add("running", state.running() == null ? null : RecordJson.running(state.running()));
        json.add("halted", state.halted() == null ? null : RecordJson.past(Past.of(state.halted()), "verdict"));
        json.add("attempts", array(state.attempts(), past -> RecordJson.past(past, "what")));
        Fields.putRest(json, state.extra());
        return JsonBytes.write(json);
    }

    /**
     * Reads a register.
     *
     * @throws LedgerException if it is no register of this format and environment
     */
    static Register read(byte[] content, EnvironmentName environment, String place) {
        try {
            Fields fields = Fields.of(JsonBytes.parse(content), "the register");
            if (fields.text("refused") != null) {
                throw new LedgerException(
                        place + " was marked as unusable: " + Fields.shown(fields.requiredText("refused")),
                        "Choose a store that honours conditional writes, or mend this one and delete that object.");
            }
            checkFormat(fields.number("format", 0), place);
            String found = fields.requiredText("environment");
            if (!found.equals(environment.value())) {
                throw new LedgerException(
                        place + " is the ledger of environment '" + Fields.shown(found) + "', not of '" + environment
                                + "'.",
                        "Somebody copied or moved it. Put the right object in its place. " + ANEW);
            }
            String nonce = fields.requiredText("nonce");
            LedgerState state = new LedgerState(
                    environment,
                    fields.number("revision", 0),
                    list(fields, "applied", RecordJson::readApplied),
                    fields.object("running").map(RecordJson::readRunning).orElse(null),
                    fields.object("halted").map(RecordJson::readHalted).orElse(null),
                    list(fields, "attempts", RecordJson::readPast),
                    fields.rest());
            checkWhole(state);
            return new Register(state, nonce);
        } catch (Fields.MalformedException e) {
            throw new LedgerException(
                    place + " is no register that can be read: " + e.getMessage() + ".",
                    "It was left as it is. If it is damaged, restore an earlier version of the object. " + ANEW,
                    e);
        }
    }

    /** Refuses what no transition leads to, and from which none leads on. */
    private static void checkWhole(LedgerState state) {
        if (state.running() != null && state.halted() != null) {
            throw new Fields.MalformedException("a claim and a verdict stand side by side");
        }
        Set<MigrationId> applied = new HashSet<>();
        for (Applied one : state.applied()) {
            if (!applied.add(one.id())) {
                throw new Fields.MalformedException(one.id() + " is applied twice");
            }
        }
        checkWay(state.running() == null ? null : state.running().attempt(), applied, "is claimed");
        checkWay(state.halted() == null ? null : state.halted().attempt(), applied, "has a verdict");
    }

    /** What is applied can be undone and nothing else; what is not cannot. */
    private static void checkWay(@Nullable Attempt attempt, Set<MigrationId> applied, String what) {
        if (attempt != null && applied.contains(attempt.id()) != attempt.reverts()) {
            throw new Fields.MalformedException(attempt.id()
                    + (attempt.reverts()
                            ? " is not applied and " + what + " to be undone"
                            : " is applied and " + what));
        }
        if (attempt != null && attempt.reverts() && attempt.token() == null) {
            throw new Fields.MalformedException("the token of what undoes " + attempt.id() + " is missing");
        }
    }

    private static void checkFormat(long format, String place) {
        if (format > FORMAT) {
            throw new LedgerException(
                    place + " has format " + format + "; this version of the library reads format " + FORMAT + ".",
                    "A newer version wrote it: deploy with that version or a later one.");
        }
        if (format < FORMAT) {
            throw new Fields.MalformedException("it names no format");
        }
    }

    static byte[] writeReceipt(Applied applied) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        RecordJson.applied(applied).entrySet().stream()
                .filter(field -> !json.has(field.getKey()))
                .forEach(field -> json.add(field.getKey(), field.getValue()));
        return JsonBytes.write(json);
    }

    /** What a receipt tells. Whatever it holds, its migration is applied: ODIN's receipts hold anything or nothing. */
    static Applied readReceipt(MigrationId id, byte[] content) {
        try {
            Fields fields = Fields.of(JsonBytes.parse(content), "the receipt");
            if (fields.number("format", 0) == FORMAT) {
                Applied applied = RecordJson.readApplied(fields);
                if (applied.id().equals(id)) {
                    return applied;
                }
            }
        } catch (Fields.MalformedException e) {
            // Not ours; it counts all the same.
        }
        return Applied.bare(id);
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonElement> write) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(write.apply(item)));
        return array;
    }

    private static <T> List<T> list(Fields fields, String name, Function<Fields, T> read) {
        JsonElement element = fields.element(name);
        if (element == null || !element.isJsonArray()) {
            throw new Fields.MalformedException("the list '" + name + "' is missing");
        }
        List<T> items = new ArrayList<>();
        for (JsonElement item : element.getAsJsonArray()) {
            items.add(read.apply(Fields.of(item, name + "[" + items.size() + "]")));
        }
        return items;
    }
}
