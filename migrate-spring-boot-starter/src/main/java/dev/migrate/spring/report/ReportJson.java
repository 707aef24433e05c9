package dev.migrate.spring.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.StartupContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is told to programs, by the commands and by the management endpoint. The fields are described in {@code
 * docs/operations.md}, section "JSON answers": what is not known is left out, and a later version of {@code schema} 1 takes
 * nothing away.
 *
 * @since 0.1
 */
public final class ReportJson {

    private static final int SCHEMA = 1;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private ReportJson() {}

    /**
     * A document with the one field that all have.
     *
     * @return the document
     */
    public static JsonObject document() {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        return json;
    }

    /**
     * Adds where something was asked.
     *
     * @param json where to
     * @param place what was asked
     */
    public static void place(JsonObject json, StartupContext place) {
        json.addProperty("environment", place.settings().environment().value());
        json.addProperty("ledger", place.store().describe());
        add(json, "deployment", place.settings().deployment());
    }

    /**
     * Adds what went wrong.
     *
     * @param json where to
     * @param problem what went wrong, or null
     */
    public static void problem(JsonObject json, @Nullable Problem problem) {
        if (problem != null) {
            JsonObject error = new JsonObject();
            error.addProperty("message", problem.message());
            error.addProperty("action", problem.action());
            json.add("error", error);
        }
    }

    /**
     * Adds how every migration stands.
     *
     * @param json where to
     * @param status how they stand
     */
    public static void status(JsonObject json, StatusReport status) {
        json.addProperty("register", status.exists());
        json.add("migrations", array(status.rows(), ReportJson::row));
        RunningMigration running = status.running();
        if (running != null) {
            json.add("running", attempt(running.attempt()));
        }
        BlockingVerdict halted = status.halted();
        if (halted != null) {
            json.add("halted", halted(halted));
            json.addProperty("settled", status.settled());
        }
        json.add("withoutReceipt", ids(status.withoutReceipt()));
        json.add("withoutRecord", ids(status.withoutRecord()));
    }

    /**
     * A verdict.
     *
     * @param halted the verdict
     * @return its attempt, and how that ended
     */
    public static JsonObject halted(BlockingVerdict halted) {
        JsonObject json = attempt(halted.attempt());
        json.addProperty("verdict", word(halted.outcome()));
        add(json, "at", halted.at());
        add(json, "error", halted.error());
        return json;
    }

    /**
     * How a migration stands.
     *
     * @param row how it stands
     * @return the object
     */
    public static JsonObject row(StatusRow row) {
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

    /**
     * What happened to a migration.
     *
     * @param row what happened
     * @return the object
     */
    public static JsonObject event(HistoryRow row) {
        JsonObject json = attempt(row.attempt());
        json.addProperty("what", row.what());
        add(json, "at", row.at());
        add(json, "tookMillis", row.took());
        add(json, "error", row.error());
        by(json, row.by(), row.reason());
        return json;
    }

    /**
     * Adds who decided something, and why.
     *
     * @param json where to
     * @param by the operator, or null
     * @param reason why, or null
     */
    public static void by(JsonObject json, @Nullable Operator by, @Nullable String reason) {
        if (by != null) {
            JsonObject it = new JsonObject();
            add(it, "user", by.user());
            it.add("process", owner(by.process()));
            json.add("by", it);
        }
        add(json, "reason", reason);
    }

    /**
     * An attempt.
     *
     * @param attempt the attempt
     * @return the object
     */
    public static JsonObject attempt(Attempt attempt) {
        JsonObject json = new JsonObject();
        json.addProperty("id", attempt.id().toString());
        add(json, "name", attempt.name());
        json.addProperty("attempt", attempt.number());
        json.addProperty("undoing", attempt.isRevert());
        add(json, "startedAt", attempt.startedAt());
        add(json, "deployment", attempt.deployment());
        Owner owner = attempt.owner();
        if (owner != null) {
            json.add("owner", owner(owner));
        }
        return json;
    }

    /**
     * A process.
     *
     * @param owner the process
     * @return the object
     */
    public static JsonObject owner(Owner owner) {
        JsonObject json = new JsonObject();
        json.addProperty("host", owner.host());
        json.addProperty("pid", owner.pid());
        add(json, "task", owner.task());
        return json;
    }

    /**
     * A list.
     *
     * @param <T> of what
     * @param all what is in it
     * @param json the object for each
     * @return the array
     */
    public static <T> JsonArray array(Collection<T> all, Function<T, JsonObject> json) {
        JsonArray array = new JsonArray();
        all.forEach(one -> array.add(json.apply(one)));
        return array;
    }

    private static JsonArray ids(Collection<MigrationId> ids) {
        JsonArray array = new JsonArray();
        ids.forEach(id -> array.add(id.toString()));
        return array;
    }

    /**
     * A word for one of several.
     *
     * @param value which one
     * @return its name in small letters
     */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Adds a field, unless it is not known.
     *
     * @param json where to
     * @param name the name of the field
     * @param value a duration, a time, a text or a number of a migration; null when it is not known
     */
    public static void add(JsonObject json, String name, @Nullable Object value) {
        if (value instanceof Duration duration) {
            json.addProperty(name, duration.toMillis());
        } else if (value instanceof Instant time) {
            json.addProperty(name, time.truncatedTo(ChronoUnit.MILLIS).toString());
        } else if (value instanceof String || value instanceof MigrationId) {
            json.addProperty(name, value.toString());
        }
    }

    /**
     * The text of a document.
     *
     * @param json the document
     * @return the text, which ends with a line break
     */
    public static String text(JsonObject json) {
        return GSON.toJson(json) + "\n";
    }
}
