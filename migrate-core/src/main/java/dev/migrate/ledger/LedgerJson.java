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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ledger's two kinds of object as JSON. Format 1; fields of later versions survive. */
final class LedgerJson {

    private static final long FORMAT = 1;
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();
    private static final int USUAL_LENGTH = 4096;
    private static final Pattern HALF_A_PAIR = Pattern.compile("\\p{Cs}");
    /** What deleting a register means. */
    static final String ANEW = "If there is none, stop every process, make sure that no migration failed or was"
            + " interrupted (the receipts do not tell, so it would run again; of one that had finished say 'stamp' before"
            + " the start), and start without a register: it is made anew from the receipts beside it.";
    /** Unknown fields of an attempt's owner are kept among the attempt's own, as one object under this name. */
    private static final String OWNER = "owner";
    /** Those of an operator likewise. */
    private static final String BY = "by";

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
                    list(fields, "applied", LedgerJson::readApplied),
                    fields.object("running").map(LedgerJson::readRunning).orElse(null),
                    fields.object("halted").map(LedgerJson::readHalted).orElse(null),
                    list(fields, "attempts", LedgerJson::readPast),
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
        applied(applied).entrySet().stream()
                .filter(field -> !json.has(field.getKey()))
                .forEach(field -> json.add(field.getKey(), field.getValue()));
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
        Fields.putRest(json, applied.attempt().extra());
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
        json.add("progress", running.progress() == null ? null : progress(running.progress()));
        Fields.putRest(json, running.attempt().extra());
        return json;
    }

    private static JsonObject progress(Progress progress) {
        JsonObject json = new JsonObject();
        json.addProperty("done", progress.done());
        json.addProperty("total", progress.total());
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
        json.add(
                BY,
                past.by() == null
                        ? null
                        : operator(past.by(), past.attempt().extra().get(BY)));
        text(json, "reason", past.reason());
        Fields.putRest(json, past.attempt().extra());
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
        Optional<Fields> from = fields.object(BY);
        Operator by = from.map(LedgerJson::readOperator).orElse(null);
        String reason = fields.text("reason");
        Attempt attempt = readAttempt(fields);
        String rest = from.flatMap(Fields::restAsText).orElse(null);
        // A verdict is nobody's act, so there is nowhere to keep it.
        Attempt whole = rest == null || kind.equals("verdict") ? attempt : attempt.with(BY, rest);
        return new Past(whole, what, error, at, checkpoint, took, by, reason);
    }

    private static Halted readHalted(Fields fields) {
        return readPast(fields, "verdict")
                .verdict()
                .orElseThrow(() -> new Fields.MalformedException("its verdict '"
                        + Fields.shown(fields.requiredText("verdict")) + "' is not known to this version"));
    }

    private static JsonObject attempt(Attempt attempt) {
        JsonObject json = new JsonObject();
        json.addProperty("id", attempt.id().toString());
        text(json, "name", attempt.name());
        json.addProperty("attempt", attempt.number());
        text(json, "token", attempt.token());
        text(json, "startedAt", attempt.startedAt());
        text(json, "deployment", attempt.deployment());
        if (attempt.reverts()) {
            json.addProperty("reverts", true);
        }
        json.add(
                OWNER,
                attempt.owner() == null
                        ? null
                        : owner(attempt.owner(), attempt.extra().get(OWNER)));
        return json;
    }

    private static JsonObject owner(Owner owner, @Nullable String rest) {
        JsonObject json = new JsonObject();
        json.addProperty("host", owner.host());
        json.addProperty("pid", owner.pid());
        text(json, "task", owner.task());
        Fields.putRest(json, rest == null ? Map.of() : Fields.restOf(rest));
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
        boolean reverts = fields.flag("reverts");
        Optional<Fields> from = fields.object(OWNER);
        Owner owner = from.map(LedgerJson::readOwner).orElse(null);
        Map<String, String> extra = fields.rest();
        from.flatMap(Fields::restAsText).ifPresent(rest -> extra.put(OWNER, rest));
        return new Attempt(id, name, (int) number, token, startedAt, deployment, owner, reverts, extra);
    }

    private static Owner readOwner(Fields fields) {
        return new Owner(
                Optional.ofNullable(fields.text("host")).orElse("unknown"),
                fields.number("pid", 0),
                fields.text("task"));
    }

    private static JsonObject operator(Operator by, @Nullable String rest) {
        JsonObject json = owner(by.process(), null);
        text(json, "user", by.user());
        Fields.putRest(json, rest == null ? Map.of() : Fields.restOf(rest));
        return json;
    }

    private static Operator readOperator(Fields fields) {
        String user = fields.text("user");
        return new Operator(readOwner(fields), user);
    }

    private static void took(JsonObject json, @Nullable Duration took) {
        json.addProperty("tookMillis", took == null ? null : took.toMillis());
    }

    private static @Nullable Duration took(Fields fields) {
        return fields.element("tookMillis") == null ? null : Duration.ofMillis(fields.number("tookMillis", 0));
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
        json.addProperty(name, value == null ? null : value.toString());
    }

    private static byte[] bytes(JsonObject json) {
        StringBuilder built = new StringBuilder(USUAL_LENGTH);
        GSON.toJson(json, built);
        String text = built.toString();
        // UTF-8 knows no half of a surrogate pair; JSON does, as an escape. Nearly every text has neither.
        if (text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))) {
            text = HALF_A_PAIR
                    .matcher(text)
                    .replaceAll(half ->
                            String.format("\\\\u%04x", (int) half.group().charAt(0)));
        }
        return text.getBytes(StandardCharsets.UTF_8);
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
