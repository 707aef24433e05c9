package dev.migrate.ledger;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ledger's two kinds of object as JSON. Format 1; fields of later versions survive. */
final class LedgerJson {

    private static final long FORMAT = 1;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    /** What deleting a register means. */
    static final String ANEW = "If there is none, stop every process, make sure that no migration failed or was"
            + " interrupted (the receipts do not tell, so it would run again), and start without a register: it is made"
            + " anew from the receipts beside it.";
    /** Unknown fields of an attempt's owner are kept among the attempt's own, under this prefix. */
    private static final String OWNER = "owner.";

    private LedgerJson() {}

    /** A register as it was read: its state and the nonce of the write that made it so. */
    record Register(LedgerState state, String nonce) {}

    static byte[] write(LedgerState state, long revision, String nonce) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("environment", state.environment().value());
        json.addProperty("revision", revision);
        json.addProperty("nonce", nonce);
        json.add("applied", array(state.applied(), LedgerJson::applied));
        json.add("running", state.running() == null ? null : running(state.running()));
        json.add("halted", state.halted() == null ? null : past(Past.of(state.halted()), "verdict"));
        json.add("attempts", array(state.attempts(), past -> past(past, "what")));
        Fields.putRest(json, state.extra());
        return bytes(json);
    }

    /**
     * Reads a register.
     *
     * @throws LedgerException if it is no register of this format and environment
     */
    static Register read(byte[] content, EnvironmentName environment, String place) {
        try {
            Fields fields = Fields.of(parse(content), "the register");
            if (fields.text("refused") != null) {
                throw new LedgerException(
                        place + " was marked as unusable: " + fields.text("refused"),
                        "Choose a store that honours conditional writes, or mend this one and delete that object.");
            }
            checkFormat(fields.number("format", 0), place);
            String found = fields.requiredText("environment");
            if (!found.equals(environment.value())) {
                throw new LedgerException(
                        place + " is the ledger of environment '" + found + "', not of '" + environment + "'.",
                        "Somebody copied or moved it. Put the right object in its place. " + ANEW);
            }
            String nonce = fields.requiredText("nonce");
            LedgerState state = new LedgerState(
                    environment,
                    fields.number("revision", 0),
                    list(fields, "applied", LedgerJson::readApplied),
                    fields.object("running").map(LedgerJson::readRunning).orElse(null),
                    fields.object("halted").map(LedgerJson::readHalted).orElse(null),
                    list(fields, "attempts", LedgerJson::readPast),
                    fields.rest());
            if (state.running() != null && state.halted() != null) {
                throw new Fields.MalformedException("a claim and a verdict stand side by side");
            }
            return new Register(state, nonce);
        } catch (Fields.MalformedException e) {
            throw new LedgerException(
                    place + " is no register that can be read: " + e.getMessage() + ".",
                    "It was left as it is. If it is damaged, restore an earlier version of the object. " + ANEW,
                    e);
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
        applied(applied).entrySet().forEach(field -> json.add(field.getKey(), field.getValue()));
        return bytes(json);
    }

    /** What a receipt tells. Whatever it holds, its migration is applied: ODIN's receipts hold anything or nothing. */
    static Applied readReceipt(MigrationId id, byte[] content) {
        try {
            Fields fields = Fields.of(parse(content), "the receipt");
            if (fields.number("format", 0) == FORMAT) {
                Applied applied = readApplied(fields);
                if (applied.id().equals(id)) {
                    return applied;
                }
            }
        } catch (Fields.MalformedException e) {
            // Not ours; it counts all the same.
        }
        return new Applied(Attempt.bare(id), null, null);
    }

    private static JsonObject applied(Applied applied) {
        JsonObject json = attempt(applied.attempt());
        text(json, "finishedAt", applied.finishedAt());
        took(json, applied.took());
        Fields.putRest(json, ownExtra(applied.attempt()));
        return json;
    }

    private static Applied readApplied(Fields fields) {
        var finishedAt = fields.time("finishedAt");
        Duration took = took(fields);
        return new Applied(readAttempt(fields), finishedAt, took);
    }

    private static JsonObject running(Running running) {
        JsonObject json = attempt(running.attempt());
        json.addProperty("leaseMillis", running.lease().toMillis());
        json.addProperty("beat", running.beat());
        text(json, "checkpoint", running.checkpoint());
        if (running.progress() != null) {
            JsonObject progress = new JsonObject();
            progress.addProperty("done", running.progress().done());
            progress.addProperty("total", running.progress().total());
            json.add("progress", progress);
        }
        Fields.putRest(json, ownExtra(running.attempt()));
        return json;
    }

    private static Running readRunning(Fields fields) {
        long lease = fields.number("leaseMillis", 0);
        if (lease <= 0) {
            throw new Fields.MalformedException("the lease of what runs is missing");
        }
        long beat = fields.number("beat", 0);
        String checkpoint = fields.text("checkpoint");
        Progress progress =
                fields.object("progress").map(LedgerJson::readProgress).orElse(null);
        if (fields.text("token") == null) {
            throw new Fields.MalformedException("the token of what runs is missing");
        }
        return new Running(readAttempt(fields), Duration.ofMillis(lease), beat, checkpoint, progress);
    }

    private static Progress readProgress(Fields fields) {
        try {
            return new Progress(fields.number("done", 0), fields.number("total", 0));
        } catch (IllegalArgumentException e) {
            throw new Fields.MalformedException(String.valueOf(e.getMessage()));
        }
    }

    private static JsonObject past(Past past, String kind) {
        JsonObject json = attempt(past.attempt());
        json.addProperty(kind, past.what());
        text(json, "error", past.error());
        text(json, "at", past.at());
        text(json, "checkpoint", past.checkpoint());
        took(json, past.took());
        if (past.by() != null) {
            JsonObject by = owner(past.by().process());
            text(by, "user", past.by().user());
            json.add("by", by);
        }
        text(json, "reason", past.reason());
        Fields.putRest(json, ownExtra(past.attempt()));
        return json;
    }

    private static Past readPast(Fields fields) {
        return readPast(fields, "what");
    }

    private static Past readPast(Fields fields, String kind) {
        String what = fields.requiredText(kind);
        String error = fields.text("error");
        var at = fields.time("at");
        String checkpoint = fields.text("checkpoint");
        Duration took = took(fields);
        Operator by = fields.object("by")
                .map(of -> new Operator(readOwner(of), of.text("user")))
                .orElse(null);
        String reason = fields.text("reason");
        return new Past(readAttempt(fields), what, error, at, checkpoint, took, by, reason);
    }

    private static Halted readHalted(Fields fields) {
        return readPast(fields, "verdict")
                .verdict()
                .orElseThrow(() -> new Fields.MalformedException(
                        "its verdict '" + fields.text("verdict") + "' is not known to this version"));
    }

    private static JsonObject attempt(Attempt attempt) {
        JsonObject json = new JsonObject();
        json.addProperty("id", attempt.id().toString());
        text(json, "name", attempt.name());
        json.addProperty("attempt", attempt.number());
        text(json, "token", attempt.token());
        text(json, "startedAt", attempt.startedAt());
        text(json, "deployment", attempt.deployment());
        Owner owner = attempt.owner();
        if (attempt.reverts()) {
            json.addProperty("reverts", true);
        }
        if (owner != null) {
            JsonObject of = owner(owner);
            Map<String, String> rest = new TreeMap<>();
            extra(attempt, true, (name, value) -> rest.put(name.substring(OWNER.length()), value));
            Fields.putRest(of, rest);
            json.add("owner", of);
        }
        return json;
    }

    /** Reads the fields of an attempt; every other field of its record must have been read before. */
    private static Attempt readAttempt(Fields fields) {
        MigrationId id = fields.id("id");
        String name = fields.text("name");
        long number = fields.number("attempt", 0);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new Fields.MalformedException("attempt " + number + " of " + id + " is out of range");
        }
        String token = fields.text("token");
        var startedAt = fields.time("startedAt");
        String deployment = fields.text("deployment");
        Optional<Fields> from = fields.object("owner");
        Owner owner = from.map(LedgerJson::readOwner).orElse(null);
        boolean reverts = fields.flag("reverts");
        fields.element("format");
        Map<String, String> extra = fields.rest();
        from.ifPresent(of -> of.rest().forEach((field, value) -> extra.put(OWNER + field, value)));
        return new Attempt(id, name, (int) number, token, startedAt, deployment, owner, reverts, extra);
    }

    private static JsonObject owner(Owner owner) {
        JsonObject json = new JsonObject();
        json.addProperty("host", owner.host());
        json.addProperty("pid", owner.pid());
        text(json, "task", owner.task());
        return json;
    }

    private static Owner readOwner(Fields fields) {
        return new Owner(
                Optional.ofNullable(fields.text("host")).orElse("unknown"),
                fields.number("pid", 0),
                fields.text("task"));
    }

    private static void took(JsonObject json, @Nullable Duration took) {
        if (took != null) {
            json.addProperty("tookMillis", took.toMillis());
        }
    }

    private static @Nullable Duration took(Fields fields) {
        return fields.element("tookMillis") == null ? null : Duration.ofMillis(fields.number("tookMillis", 0));
    }

    private static Map<String, String> ownExtra(Attempt attempt) {
        Map<String, String> own = new TreeMap<>();
        extra(attempt, false, own::put);
        return own;
    }

    private static void extra(Attempt attempt, boolean owner, BiConsumer<String, String> sink) {
        attempt.extra().forEach((name, value) -> {
            if (name.startsWith(OWNER) == owner) {
                sink.accept(name, value);
            }
        });
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

    private static void text(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            json.addProperty(name, value.toString());
        }
    }

    private static byte[] bytes(JsonObject json) {
        return GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonElement parse(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new Fields.MalformedException("something follows the JSON");
            }
            return element;
        } catch (CharacterCodingException e) {
            throw new Fields.MalformedException("it is no UTF-8");
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw new Fields.MalformedException("it is no JSON");
        }
    }
}
