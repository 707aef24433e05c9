package dev.migrate.internal.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ledger's two kinds of object as JSON. Format 1; fields of later versions survive. */
final class LedgerJson {

    private static final long FORMAT = 1;
    /** How to continue without a register. */
    static final String ANEW = "If there is none, stop every process, make sure that no migration failed or was"
            + " interrupted (the receipts do not show it, so it would run again; if it had finished, run 'stamp' before"
            + " the start), and start without a register: Migrate creates it again from the receipts.";

    private LedgerJson() {}

    /** A register as it was read: its state and the nonce of the write that made it so. */
    record RegisterDocument(LedgerState state, String nonce) {}

    static byte[] write(LedgerState state, long revision, String nonce) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("environment", state.environment().value());
        json.addProperty("revision", revision);
        json.addProperty("nonce", nonce);
        json.add("applied", array(state.applied(), RecordJson::applied));
        if (state.adoptedUpTo() != null) {
            json.addProperty("adoptedUpTo", state.adoptedUpTo().toString());
        }
        json.add("running", state.running() == null ? null : RecordJson.running(state.running()));
        json.add("halted", state.halted() == null ? null : RecordJson.past(HistoryEntry.of(state.halted()), "verdict"));
        json.add("attempts", array(state.attempts(), past -> RecordJson.past(past, "what")));
        JsonFields.mergeUnknownFields(json, state.unknownFields());
        return JsonBytes.write(json);
    }

    /**
     * Reads a register.
     *
     * @throws LedgerException if it is no register of this format and environment
     */
    static RegisterDocument read(byte[] content, EnvironmentName environment, String place) {
        try {
            JsonFields fields = JsonFields.of(JsonBytes.parse(content), "the register");
            if (fields.text("refused") != null) {
                throw new LedgerException(
                        place + " was marked as unusable: " + JsonFields.shown(fields.requiredText("refused")),
                        "Choose a store that honours conditional writes, or fix this one and delete that object.");
            }
            checkFormat(fields.number("format", 0), place);
            String found = fields.requiredText("environment");
            if (!found.equals(environment.value())) {
                throw new LedgerException(
                        place + " is the ledger of environment '" + JsonFields.shown(found) + "', not of '"
                                + environment + "'.",
                        "Somebody copied or moved it. Put the right object in its place. " + ANEW);
            }
            String nonce = fields.requiredText("nonce");
            LedgerState state = new LedgerState(
                    environment,
                    fields.number("revision", 0),
                    list(fields, "applied", RecordJson::readApplied),
                    adoptedUpTo(fields),
                    fields.object("running").map(RecordJson::readRunning).orElse(null),
                    fields.object("halted").map(RecordJson::readHalted).orElse(null),
                    list(fields, "attempts", RecordJson::readPast),
                    fields.unknownFields());
            checkWhole(state);
            return new RegisterDocument(state, nonce);
        } catch (JsonFields.MalformedException e) {
            throw new LedgerException(
                    place + " is not a readable register: " + e.getMessage() + ".",
                    "It was left as it is. If it is damaged, restore an earlier version of the object. " + ANEW,
                    e);
        }
    }

    /** Refuses states that no transition produces. */
    private static void checkWhole(LedgerState state) {
        if (state.running() != null && state.halted() != null) {
            throw new JsonFields.MalformedException("it has both a claim and a verdict");
        }
        Set<MigrationId> applied = new HashSet<>();
        for (AppliedMigration one : state.applied()) {
            if (!applied.add(one.id())) {
                throw new JsonFields.MalformedException(one.id() + " is applied twice");
            }
        }
        checkDirection(state.running() == null ? null : state.running().attempt(), applied, "is claimed");
        checkDirection(state.halted() == null ? null : state.halted().attempt(), applied, "has a verdict");
    }

    /** Checks that a revert concerns an applied migration, and any other attempt one that is not applied. */
    private static void checkDirection(@Nullable Attempt attempt, Set<MigrationId> applied, String what) {
        if (attempt != null && applied.contains(attempt.id()) != attempt.isRevert()) {
            throw new JsonFields.MalformedException(attempt.id()
                    + (attempt.isRevert()
                            ? " is not applied and " + what + " to be reverted"
                            : " is applied and " + what));
        }
        if (attempt != null && attempt.isRevert() && attempt.token() == null) {
            throw new JsonFields.MalformedException("the token of what reverts " + attempt.id() + " is missing");
        }
    }

    private static void checkFormat(long format, String place) {
        if (format > FORMAT) {
            throw new LedgerException(
                    place + " has format " + format + "; this version of the library reads format " + FORMAT + ".",
                    "A newer version wrote it: deploy with that version or a later one.");
        }
        if (format < FORMAT) {
            throw new JsonFields.MalformedException("it names no format");
        }
    }

    static byte[] writeReceipt(AppliedMigration applied) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        RecordJson.applied(applied).entrySet().stream()
                .filter(field -> !json.has(field.getKey()))
                .forEach(field -> json.add(field.getKey(), field.getValue()));
        return JsonBytes.write(json);
    }

    /** Reads a receipt. Whatever the object contains, its migration is applied; the object may be a predecessor's status file. */
    static Receipt receipt(MigrationId id, byte[] content) {
        try {
            JsonFields fields = JsonFields.of(JsonBytes.parse(content), "the receipt");
            long format = fields.number("format", 0);
            if (format == FORMAT) {
                AppliedMigration applied = RecordJson.readApplied(fields);
                if (applied.id().equals(id)) {
                    return new Receipt(applied, false);
                }
            }
            // A later version's receipt is a receipt, although this version cannot read it.
            return new Receipt(AppliedMigration.bare(id), format <= FORMAT);
        } catch (JsonFields.MalformedException e) {
            return new Receipt(AppliedMigration.bare(id), true);
        }
    }

    static AppliedMigration readReceipt(MigrationId id, byte[] content) {
        return receipt(id, content).applied();
    }

    private static @Nullable MigrationId adoptedUpTo(JsonFields fields) {
        String text = fields.text("adoptedUpTo");
        return text == null
                ? null
                : MigrationId.parse(text)
                        .orElseThrow(() -> new JsonFields.MalformedException(
                                "'adoptedUpTo' is not a sequence number: '" + JsonFields.shown(text) + "'"));
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonElement> write) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(write.apply(item)));
        return array;
    }

    private static <T> List<T> list(JsonFields fields, String name, Function<JsonFields, T> read) {
        JsonElement element = fields.element(name);
        if (element == null || !element.isJsonArray()) {
            throw new JsonFields.MalformedException("the list '" + name + "' is missing");
        }
        List<T> items = new ArrayList<>();
        for (JsonElement item : element.getAsJsonArray()) {
            items.add(read.apply(JsonFields.of(item, name + "[" + items.size() + "]")));
        }
        return items;
    }
}
