package dev.migrate.spring.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Operator;
import dev.migrate.ledger.Owner;
import dev.migrate.ledger.Running;
import dev.migrate.run.Planned;
import dev.migrate.spring.Workplace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer for programs: one document. What is not known is left out. Times are ISO-8601 in UTC to the millisecond, durations are milliseconds,
 * sequence numbers are texts, words are of small letters. A later version of {@code schema} 1 may add fields and words,
 * and takes nothing away.
 *
 * <p>Always: {@code schema}, {@code command} (empty when it could not be understood), {@code environment}, {@code
 * ledger}, {@code deployment}, {@code exitCode}, and {@code error} ({@code message}, {@code action}) when something went
 * wrong. Then, by command:
 *
 * <ul>
 *   <li>{@code status}: {@code register} (whether there is one); {@code migrations} ({@code id}, {@code name}, {@code
 *       state}, {@code attempts}, {@code at}, {@code tookMillis}, {@code deployment}, {@code note}); {@code running} and
 *       {@code halted} (an attempt, as below); {@code withoutReceipt}, {@code withoutRecord} (numbers)
 *   <li>{@code history}: {@code events} (an attempt, and {@code what}, {@code at}, {@code tookMillis}, {@code error},
 *       {@code by}, {@code reason})
 *   <li>{@code plan}: {@code migrations} ({@code id}, {@code name}, {@code plan}, {@code why}, {@code preview}, {@code
 *       previewError})
 *   <li>{@code migrate}, {@code revert}: {@code done} (an attempt, and {@code tookMillis}, {@code finishedAt}), {@code
 *       to}, {@code found}, {@code elapsedMillis}
 *   <li>{@code stamp}, {@code resolve}, {@code retry}: {@code changed} ({@code id}, {@code name}, {@code became}: {@code
 *       applied} or {@code pending}), {@code by}, {@code reason}
 * </ul>
 *
 * An attempt: {@code id}, {@code name}, {@code attempt} (its number), {@code undoing}, {@code startedAt}, {@code
 * deployment}, {@code owner} ({@code host}, {@code pid}, {@code task}). {@code by}: {@code user}, {@code process} (as
 * {@code owner}).
 */
final class JsonAnswer {

    private static final int SCHEMA = 1;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonAnswer() {}

    static String of(String command, Workplace place, Answer answer) {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.addProperty("command", command);
        json.addProperty("environment", place.settings().environment().value());
        json.addProperty("ledger", place.store().describe());
        add(json, "deployment", place.settings().deployment());
        json.addProperty("exitCode", answer.exitCode());
        Answer.Problem problem = answer.problem();
        if (problem != null) {
            JsonObject error = new JsonObject();
            error.addProperty("message", problem.message());
            error.addProperty("action", problem.action());
            json.add("error", error);
        }
        if (answer instanceof Answer.Status status) {
            status(json, status);
        } else if (answer instanceof Answer.History history) {
            json.add("events", array(history.rows(), JsonAnswer::event));
        } else if (answer instanceof Answer.Plan plan) {
            json.add("migrations", array(plan.rows(), JsonAnswer::planned));
        } else if (answer instanceof Answer.Run run) {
            run(json, run);
        } else if (answer instanceof Answer.Decision decision) {
            decision(json, decision);
        }
        return GSON.toJson(json) + "\n";
    }

    private static void status(JsonObject json, Answer.Status status) {
        json.addProperty("register", status.exists());
        json.add("migrations", array(status.rows(), JsonAnswer::row));
        Running running = status.running();
        if (running != null) {
            json.add("running", attempt(running.attempt()));
        }
        Halted halted = status.halted();
        if (halted != null) {
            JsonObject it = attempt(halted.attempt());
            it.addProperty("verdict", word(halted.verdict()));
            add(it, "at", halted.at());
            add(it, "error", halted.error());
            json.add("halted", it);
        }
        json.add("withoutReceipt", ids(status.withoutReceipt()));
        json.add("withoutRecord", ids(status.withoutRecord()));
    }

    private static JsonObject row(StatusRow row) {
        JsonObject json = new JsonObject();
        json.addProperty("id", row.id());
        add(json, "name", row.name());
        json.addProperty("state", word(row.state()));
        json.addProperty("attempts", row.attempts());
        add(json, "at", row.at());
        add(json, "tookMillis", row.took());
        add(json, "deployment", row.deployment());
        add(json, "note", row.note());
        return json;
    }

    private static JsonObject event(HistoryRow row) {
        JsonObject json = attempt(row.attempt());
        json.addProperty("what", row.what());
        add(json, "at", row.at());
        add(json, "tookMillis", row.took());
        add(json, "error", row.error());
        by(json, row.by(), row.reason());
        return json;
    }

    private static JsonObject planned(Answer.PlanRow row) {
        Planned planned = row.planned();
        JsonObject json = new JsonObject();
        json.addProperty("id", planned.migration().id().toString());
        json.addProperty("name", planned.migration().name());
        json.addProperty("plan", word(planned.what()));
        json.addProperty("why", planned.why());
        add(json, "preview", row.preview());
        add(json, "previewError", row.previewError());
        return json;
    }

    private static void run(JsonObject json, Answer.Run run) {
        json.add("done", array(run.done(), done -> {
            JsonObject it = attempt(done.attempt());
            add(it, "tookMillis", done.took());
            add(it, "finishedAt", done.finishedAt());
            return it;
        }));
        add(json, "to", run.to());
        json.addProperty("found", run.found());
        add(json, "elapsedMillis", run.elapsed());
    }

    private static void decision(JsonObject json, Answer.Decision decision) {
        json.add("changed", array(decision.changed(), one -> {
            JsonObject it = new JsonObject();
            it.addProperty("id", one.id().toString());
            add(it, "name", one.name());
            it.addProperty("became", word(one.became()));
            return it;
        }));
        by(json, decision.by(), decision.reason());
    }

    private static void by(JsonObject json, @Nullable Operator by, @Nullable String reason) {
        if (by != null) {
            JsonObject it = new JsonObject();
            add(it, "user", by.user());
            it.add("process", owner(by.process()));
            json.add("by", it);
        }
        add(json, "reason", reason);
    }

    private static JsonObject attempt(Attempt attempt) {
        JsonObject json = new JsonObject();
        json.addProperty("id", attempt.id().toString());
        add(json, "name", attempt.name());
        json.addProperty("attempt", attempt.number());
        json.addProperty("undoing", attempt.reverts());
        add(json, "startedAt", attempt.startedAt());
        add(json, "deployment", attempt.deployment());
        Owner owner = attempt.owner();
        if (owner != null) {
            json.add("owner", owner(owner));
        }
        return json;
    }

    private static JsonObject owner(Owner owner) {
        JsonObject json = new JsonObject();
        json.addProperty("host", owner.host());
        json.addProperty("pid", owner.pid());
        add(json, "task", owner.task());
        return json;
    }

    private static JsonArray ids(Collection<MigrationId> ids) {
        JsonArray array = new JsonArray();
        ids.forEach(id -> array.add(id.toString()));
        return array;
    }

    private static <T> JsonArray array(Collection<T> all, Function<T, JsonObject> json) {
        JsonArray array = new JsonArray();
        all.forEach(one -> array.add(json.apply(one)));
        return array;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void add(JsonObject json, String name, @Nullable Object value) {
        if (value instanceof Duration duration) {
            json.addProperty(name, duration.toMillis());
        } else if (value instanceof Instant time) {
            json.addProperty(name, time.truncatedTo(ChronoUnit.MILLIS).toString());
        } else if (value instanceof String || value instanceof MigrationId) {
            json.addProperty(name, value.toString());
        }
    }
}
