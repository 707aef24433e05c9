package dev.migrate.spring.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.StartupContext;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The JSON documents of the commands and of the management endpoint. {@code docs/operations.md}, section "JSON answers",
 * describes the fields. Unknown values are omitted, and no later version of {@code schema} 1 removes a field.
 *
 * @since 0.1
 */
public final class ReportJson {

    private static final int SCHEMA = 1;

    private ReportJson() {}

    /**
     * Creates a document with the field that all documents have.
     *
     * @return the document
     */
    public static JsonObject document() {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        return json;
    }

    /**
     * Adds the environment, the ledger and the deployment.
     *
     * @param json the object
     * @param context the context of the startup
     */
    public static void place(JsonObject json, StartupContext context) {
        json.addProperty("environment", context.settings().environment().value());
        json.addProperty("ledger", context.store().describe());
        JsonObjects.add(json, "deployment", context.settings().deployment());
    }

    /**
     * Adds a problem.
     *
     * @param json the object
     * @param problem the problem, or null
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
     * Adds the state of every migration.
     *
     * @param json the object
     * @param status the report
     */
    public static void status(JsonObject json, StatusReport status) {
        json.addProperty("register", status.exists());
        json.add("migrations", JsonObjects.array(status.rows(), ReportJson::row));
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
     * Converts a verdict.
     *
     * @param halted the verdict
     * @return the attempt with its outcome
     */
    public static JsonObject halted(BlockingVerdict halted) {
        JsonObject json = attempt(halted.attempt());
        json.addProperty("verdict", JsonObjects.word(halted.outcome()));
        JsonObjects.add(json, "at", halted.at());
        JsonObjects.add(json, "error", halted.error());
        return json;
    }

    /**
     * Converts the state of a migration.
     *
     * @param row the state
     * @return the object
     */
    public static JsonObject row(StatusRow row) {
        JsonObject json = new JsonObject();
        json.addProperty("id", row.id());
        JsonObjects.add(json, "name", row.name());
        json.addProperty("state", JsonObjects.word(row.state()));
        json.addProperty("attempts", row.attempts());
        JsonObjects.add(json, "at", row.at());
        JsonObjects.add(json, "tookMillis", row.took());
        JsonObjects.add(json, "deployment", row.deployment());
        JsonObjects.add(json, "note", row.note());
        return json;
    }

    /**
     * Converts an event in the history.
     *
     * @param row the event
     * @return the object
     */
    public static JsonObject event(HistoryRow row) {
        JsonObject json = attempt(row.attempt());
        json.addProperty("what", row.what());
        JsonObjects.add(json, "at", row.at());
        JsonObjects.add(json, "tookMillis", row.took());
        JsonObjects.add(json, "error", row.error());
        by(json, row.by(), row.reason());
        return json;
    }

    /**
     * Adds an operator and the reason for the operator's command.
     *
     * @param json the object
     * @param by the operator, or null
     * @param reason the reason, or null
     */
    public static void by(JsonObject json, @Nullable Operator by, @Nullable String reason) {
        if (by != null) {
            JsonObject operator = new JsonObject();
            JsonObjects.add(operator, "user", by.user());
            operator.add("process", owner(by.process()));
            json.add("by", operator);
        }
        JsonObjects.add(json, "reason", reason);
    }

    /**
     * Converts an attempt.
     *
     * @param attempt the attempt
     * @return the object
     */
    public static JsonObject attempt(Attempt attempt) {
        JsonObject json = new JsonObject();
        json.addProperty("id", attempt.id().toString());
        JsonObjects.add(json, "name", attempt.name());
        json.addProperty("attempt", attempt.number());
        json.addProperty("undoing", attempt.isRevert());
        JsonObjects.add(json, "startedAt", attempt.startedAt());
        JsonObjects.add(json, "deployment", attempt.deployment());
        Owner owner = attempt.owner();
        if (owner != null) {
            json.add("owner", owner(owner));
        }
        return json;
    }

    /**
     * Converts an owner.
     *
     * @param owner the process
     * @return the object
     */
    public static JsonObject owner(Owner owner) {
        JsonObject json = new JsonObject();
        json.addProperty("host", owner.host());
        json.addProperty("pid", owner.pid());
        JsonObjects.add(json, "task", owner.task());
        return json;
    }

    private static JsonArray ids(Collection<MigrationId> ids) {
        JsonArray array = new JsonArray();
        ids.forEach(id -> array.add(id.toString()));
        return array;
    }
}
