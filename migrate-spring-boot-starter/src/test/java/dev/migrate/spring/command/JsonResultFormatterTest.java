package dev.migrate.spring.command;

import static dev.migrate.spring.command.Actions.failing;
import static dev.migrate.spring.command.Actions.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.migrate.spring.command.Actions.Previewable;
import dev.migrate.spring.command.Actions.Reversible;
import dev.migrate.spring.command.CommandFixture.Ended;
import dev.migrate.spring.report.DocumentedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The answers for programs: their fields are a promise. */
class JsonResultFormatterTest {

    private final CommandFixture bench =
            new CommandFixture().with("0001", "CreateCars", nothing()).with("0002", "PaintCars", new Reversible(false));

    private JsonObject json(String command, String... properties) {
        String[] all = java.util.Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "output=json";
        return bench.run(command, all).json();
    }

    private static List<JsonObject> list(JsonObject json, String name) {
        return StreamSupport.stream(json.getAsJsonArray(name).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    @Test
    void alwaysSaysWhereItWasAskedAndHowItEnded() {
        for (String command : List.of("status", "plan", "history", "migrate", "revert last", "stamp 0002")) {
            JsonObject json = json(command);
            assertThat(json.get("schema").getAsInt()).isOne();
            assertThat(json.get("command").getAsString()).isEqualTo(command.split(" ", 2)[0]);
            assertThat(json.get("environment").getAsString()).isEqualTo("odin-dev");
            assertThat(json.get("ledger").getAsString()).isEqualTo("memory");
            assertThat(json.get("deployment").getAsString()).isEqualTo("blue");
            assertThat(json.has("exitCode")).isTrue();
            assertThat(json.has("error")).isFalse();
        }
    }

    @Test
    void ofAStatus() {
        assertThat(bench.run("migrate 0001").code()).isZero();
        JsonObject json = json("status");
        assertThat(json.get("exitCode").getAsInt()).isEqualTo(5);
        assertThat(json.get("register").getAsBoolean()).isTrue();
        JsonObject applied = list(json, "migrations").get(0);
        assertThat(applied.keySet())
                .containsExactlyInAnyOrder("id", "name", "state", "attempts", "at", "tookMillis", "deployment");
        assertThat(applied.get("state").getAsString()).isEqualTo("applied");
        assertThat(applied.get("tookMillis").getAsJsonPrimitive().isNumber()).isTrue();
        JsonObject pending = list(json, "migrations").get(1);
        assertThat(pending.keySet()).containsExactlyInAnyOrder("id", "name", "state", "attempts");
        assertThat(json.getAsJsonArray("withoutReceipt")).isEmpty();
        assertThat(json.getAsJsonArray("withoutRecord")).isEmpty();
    }

    @Test
    void ofAFailureWithItsMessage() {
        bench.instead("0002", "PaintCars", failing());
        Ended ended = bench.run("migrate", "output=json");
        JsonObject json = ended.json();
        assertThat(json.get("exitCode").getAsInt()).isEqualTo(ended.code()).isEqualTo(3);
        assertThat(json.getAsJsonObject("error").get("message").getAsString()).contains("the paint is still wet");
        assertThat(json.getAsJsonObject("error").get("action").getAsString()).contains("Deploy the fix");
        assertThat(list(json, "done")).hasSize(1);
        assertThat(ended.err()).contains("the paint is still wet");

        JsonObject halted = json("status").getAsJsonObject("halted");
        assertThat(halted.get("verdict").getAsString()).isEqualTo("failed");
        assertThat(halted.get("id").getAsString()).isEqualTo("0002");
        assertThat(halted.get("error").getAsString()).contains("wet");
    }

    @Test
    void ofACommandThatThereIsNot() {
        JsonObject json = json("jump");
        assertThat(json.get("command").getAsString()).isEmpty();
        assertThat(json.get("exitCode").getAsInt()).isEqualTo(2);
        assertThat(json.getAsJsonObject("error").get("action").getAsString()).contains("migrate [to]");
    }

    @Test
    void ofAHistory() {
        assertThat(bench.run("migrate").code()).isZero();
        assertThat(bench.run("revert last").code()).isZero();
        assertThat(bench.run("stamp 0002", "reason=by hand").code()).isZero();
        List<JsonObject> events = list(json("history"), "events");
        assertThat(events)
                .extracting(event -> event.get("what").getAsString())
                .containsExactly("applied", "applied", "revert", "stamp");
        JsonObject reverted = events.get(2);
        assertThat(reverted.keySet())
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "attempt",
                        "undoing",
                        "startedAt",
                        "deployment",
                        "owner",
                        "by",
                        "what",
                        "at",
                        "tookMillis");
        assertThat(reverted.get("undoing").getAsBoolean()).isTrue();
        assertThat(reverted.getAsJsonObject("owner").get("pid").getAsLong()).isEqualTo(7);
        JsonObject stamped = events.get(3);
        assertThat(stamped.get("reason").getAsString()).isEqualTo("by hand");
        assertThat(stamped.getAsJsonObject("by").keySet()).containsExactlyInAnyOrder("user", "process");
    }

    @Test
    void ofAPlan() {
        bench.instead("0001", "CreateCars", new Previewable("says"));
        bench.instead("0002", "PaintCars", new Previewable(""));
        List<JsonObject> rows = list(json("plan"), "migrations");
        assertThat(rows.get(0).keySet()).containsExactlyInAnyOrder("id", "name", "plan", "why", "preview");
        assertThat(rows.get(0).get("plan").getAsString()).isEqualTo("run");
        assertThat(rows.get(1).get("previewError").getAsString()).contains("no database");
    }

    @Test
    void ofARunAndOfADecision() {
        JsonObject run = json("migrate 0001");
        assertThat(run.get("to").getAsString()).isEqualTo("0001");
        assertThat(run.get("found").getAsInt()).isEqualTo(2);
        assertThat(run.has("elapsedMillis")).isTrue();
        assertThat(list(run, "done").get(0).get("finishedAt").getAsString()).endsWith("Z");
        JsonObject decision = json("stamp 0002", "reason=moved");
        JsonObject changed = list(decision, "changed").get(0);
        assertThat(changed.get("id").getAsString()).isEqualTo("0002");
        assertThat(changed.get("became").getAsString()).isEqualTo("applied");
        assertThat(decision.get("reason").getAsString()).isEqualTo("moved");
    }

    /** A ledger in which everything is that can be in one. */
    private static final String FULL =
            """
            {"format": 1, "environment": "odin-dev", "revision": 9, "nonce": "n",
             "applied": [{"id": "0001", "name": "CreateCars", "attempt": 1, "token": "a", "startedAt": "2026-11-20T12:00:00Z",
               "finishedAt": "2026-11-20T12:00:03Z", "tookMillis": 3000, "deployment": "blue",
               "owner": {"host": "there", "pid": 7, "task": "arn:aws:ecs:task"}}],
             "attempts": [{"id": "0001", "name": "CreateCars", "attempt": 1, "token": "b", "what": "FAILED", "error": "wet",
               "startedAt": "2026-11-20T11:00:00Z", "at": "2026-11-20T11:00:03Z"},
              {"id": "0001", "attempt": 1, "token": "a", "what": "RESOLVE", "at": "2026-11-20T12:01:00Z", "reason": "by hand",
               "by": {"user": "ada", "host": "laptop", "pid": 8}}],
             "%s": {"id": "0002", "name": "PaintCars", "attempt": 1, "token": "c", "startedAt": "2026-11-20T13:00:00Z",
               "at": "2026-11-20T13:00:05Z", "verdict": "FAILED", "error": "glued", "leaseMillis": 60000, "beat": 1,
               "deployment": "blue", "owner": {"host": "there", "pid": 9}}}
            """;

    private static CommandFixture on(String standing) {
        CommandFixture full =
                new CommandFixture().with("0001", "CreateCars", nothing()).with("0002", "PaintCars", nothing());
        full.objects.create("odin-dev/ledger.json", FULL.formatted(standing).getBytes(StandardCharsets.UTF_8));
        return full;
    }

    @Test
    void everyFieldIsDocumentedAndEveryDocumentedFieldIsThere() throws IOException {
        DocumentedJson documented = new DocumentedJson("operations.md");
        for (String standing : List.of("running", "halted")) {
            CommandFixture full = on(standing);
            documented.check(full.run("status", "output=json").json(), "every answer", "status");
            documented.check(full.run("history", "output=json").json(), "every answer", "history");
        }
        bench.instead("0001", "CreateCars", new Previewable("says"));
        bench.instead("0002", "PaintCars", new Previewable(""));
        documented.check(json("plan"), "every answer", "plan");
        bench.instead("0001", "CreateCars", nothing());
        bench.instead("0002", "PaintCars", failing());
        documented.check(json("migrate 0002"), "every answer", "migrate and revert");
        documented.check(json("resolve 0002", "reason=by hand"), "every answer", "stamp, resolve and retry");
        documented.check(json("help"), "every answer", "help");
        documented.assertAllSeen(
                "every answer",
                "status",
                "history",
                "plan",
                "migrate and revert",
                "stamp, resolve and retry",
                "help",
                "problem",
                "migration",
                "attempt",
                "verdict",
                "event",
                "step",
                "run",
                "change",
                "process",
                "operator");
    }
}
