package dev.migrate.internal.ledger;

import com.google.gson.JsonObject;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the records of the register and of the receipts as JSON: attempts and their results. */
final class RecordJson {

    /** Unknown fields of an attempt's owner are kept among the attempt's own, as one object under this name. */
    private static final String OWNER = "owner";
    /** Those of an operator likewise. */
    private static final String BY = "by";

    private RecordJson() {}

    static JsonObject applied(AppliedMigration applied) {
        JsonObject json = attempt(applied.attempt());
        text(json, "finishedAt", applied.finishedAt());
        took(json, applied.took());
        JsonFields.mergeUnknownFields(json, applied.attempt().unknownFields());
        return json;
    }

    static AppliedMigration readApplied(JsonFields fields) {
        var finishedAt = fields.time("finishedAt");
        Duration took = took(fields);
        return new AppliedMigration(readAttempt(fields), finishedAt, took);
    }

    static JsonObject running(RunningMigration running) {
        JsonObject json = attempt(running.attempt());
        json.addProperty("leaseMillis", running.lease().toMillis());
        json.addProperty("beat", running.heartbeat());
        text(json, "checkpoint", running.checkpoint());
        json.add("progress", running.progress() == null ? null : progress(running.progress()));
        JsonFields.mergeUnknownFields(json, running.attempt().unknownFields());
        return json;
    }

    private static JsonObject progress(Progress progress) {
        JsonObject json = new JsonObject();
        json.addProperty("done", progress.done());
        json.addProperty("total", progress.total());
        return json;
    }

    static RunningMigration readRunning(JsonFields fields) {
        long lease = fields.number("leaseMillis", 0);
        if (lease <= 0) {
            throw new JsonFields.MalformedException("the lease of what runs is missing");
        }
        long beat = fields.number("beat", 0);
        String checkpoint = fields.text("checkpoint");
        Progress progress =
                fields.object("progress").map(RecordJson::readProgress).orElse(null);
        if (fields.text("token") == null) {
            throw new JsonFields.MalformedException("the token of what runs is missing");
        }
        return new RunningMigration(readAttempt(fields), Duration.ofMillis(lease), beat, checkpoint, progress);
    }

    private static Progress readProgress(JsonFields fields) {
        try {
            return new Progress(fields.number("done", 0), fields.number("total", 0));
        } catch (IllegalArgumentException e) {
            throw new JsonFields.MalformedException(String.valueOf(e.getMessage()));
        }
    }

    static JsonObject past(HistoryEntry past, String kind) {
        JsonObject json = attempt(past.attempt());
        json.addProperty(kind, past.type());
        text(json, "error", past.error());
        text(json, "at", past.at());
        text(json, "checkpoint", past.checkpoint());
        took(json, past.took());
        json.add(
                BY,
                past.by() == null
                        ? null
                        : operator(past.by(), past.attempt().unknownFields().get(BY)));
        text(json, "reason", past.reason());
        JsonFields.mergeUnknownFields(json, past.attempt().unknownFields());
        return json;
    }

    static HistoryEntry readPast(JsonFields fields) {
        return readPast(fields, "what");
    }

    private static HistoryEntry readPast(JsonFields fields, String kind) {
        String what = fields.requiredText(kind);
        String error = fields.text("error");
        var at = fields.time("at");
        String checkpoint = fields.text("checkpoint");
        Duration took = took(fields);
        Optional<JsonFields> from = fields.object(BY);
        Operator by = from.map(RecordJson::readOperator).orElse(null);
        String reason = fields.text("reason");
        Attempt attempt = readAttempt(fields);
        String rest = from.flatMap(JsonFields::unknownFieldsAsText).orElse(null);
        // A verdict has no operator, so it has no place for an operator's unknown fields.
        Attempt whole = rest == null || kind.equals("verdict") ? attempt : withOperatorFields(attempt, rest);
        return new HistoryEntry(whole, what, error, at, checkpoint, took, by, reason);
    }

    private static Attempt withOperatorFields(Attempt attempt, String json) {
        Map<String, String> fields = new HashMap<>(attempt.unknownFields());
        fields.put(BY, json);
        return new Attempt(
                attempt.id(),
                attempt.name(),
                attempt.number(),
                attempt.token(),
                attempt.startedAt(),
                attempt.deployment(),
                attempt.owner(),
                attempt.isRevert(),
                fields);
    }

    static BlockingVerdict readHalted(JsonFields fields) {
        return readPast(fields, "verdict")
                .verdict()
                .orElseThrow(() -> new JsonFields.MalformedException("its verdict '"
                        + JsonFields.shown(fields.requiredText("verdict")) + "' is not known to this version"));
    }

    private static JsonObject attempt(Attempt attempt) {
        JsonObject json = new JsonObject();
        json.addProperty("id", attempt.id().toString());
        text(json, "name", attempt.name());
        json.addProperty("attempt", attempt.number());
        text(json, "token", attempt.token());
        text(json, "startedAt", attempt.startedAt());
        text(json, "deployment", attempt.deployment());
        if (attempt.isRevert()) {
            json.addProperty("reverts", true);
        }
        json.add(
                OWNER,
                attempt.owner() == null
                        ? null
                        : owner(attempt.owner(), attempt.unknownFields().get(OWNER)));
        return json;
    }

    private static JsonObject owner(Owner owner, @Nullable String rest) {
        JsonObject json = new JsonObject();
        json.addProperty("host", owner.host());
        json.addProperty("pid", owner.pid());
        text(json, "task", owner.task());
        JsonFields.mergeUnknownFields(json, rest == null ? Map.of() : JsonFields.unknownFieldsOf(rest));
        return json;
    }

    /** Reads the fields of an attempt; every other field of its record must have been read before. */
    private static Attempt readAttempt(JsonFields fields) {
        MigrationId id = fields.id("id");
        String name = fields.text("name");
        long number = fields.number("attempt", 0);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new JsonFields.MalformedException("attempt " + number + " of " + id + " is out of range");
        }
        String token = fields.text("token");
        var startedAt = fields.time("startedAt");
        String deployment = fields.text("deployment");
        boolean reverts = fields.flag("reverts");
        Optional<JsonFields> from = fields.object(OWNER);
        Owner owner = from.map(RecordJson::readOwner).orElse(null);
        Map<String, String> extra = fields.unknownFields();
        from.flatMap(JsonFields::unknownFieldsAsText).ifPresent(rest -> extra.put(OWNER, rest));
        return new Attempt(id, name, (int) number, token, startedAt, deployment, owner, reverts, extra);
    }

    private static Owner readOwner(JsonFields fields) {
        return new Owner(
                Optional.ofNullable(fields.text("host")).orElse("unknown"),
                fields.number("pid", 0),
                fields.text("task"));
    }

    private static JsonObject operator(Operator by, @Nullable String rest) {
        JsonObject json = owner(by.process(), null);
        text(json, "user", by.user());
        JsonFields.mergeUnknownFields(json, rest == null ? Map.of() : JsonFields.unknownFieldsOf(rest));
        return json;
    }

    private static Operator readOperator(JsonFields fields) {
        String user = fields.text("user");
        return new Operator(readOwner(fields), user);
    }

    private static void took(JsonObject json, @Nullable Duration took) {
        json.addProperty("tookMillis", took == null ? null : took.toMillis());
    }

    private static @Nullable Duration took(JsonFields fields) {
        return fields.element("tookMillis") == null ? null : Duration.ofMillis(fields.number("tookMillis", 0));
    }

    private static void text(JsonObject json, String name, @Nullable Object value) {
        json.addProperty(name, value == null ? null : value.toString());
    }
}
