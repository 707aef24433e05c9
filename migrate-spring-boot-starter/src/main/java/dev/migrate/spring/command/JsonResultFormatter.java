package dev.migrate.spring.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.internal.plan.PlannedMigration;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.report.JsonObjects;
import dev.migrate.spring.report.ReportJson;

/** The result of a command as a JSON document; {@code docs/operations.md}, section "JSON answers", describes it. */
final class JsonResultFormatter {

    private JsonResultFormatter() {}

    static String of(String command, StartupContext context, CommandResult result) {
        JsonObject json = ReportJson.document();
        json.addProperty("command", command);
        ReportJson.place(json, context);
        json.addProperty("exitCode", result.exitCode());
        ReportJson.problem(json, result.problem());
        if (result instanceof CommandResult.Status status) {
            ReportJson.status(json, status.report());
        } else if (result instanceof CommandResult.History history) {
            json.add("events", JsonObjects.array(history.rows(), ReportJson::event));
        } else if (result instanceof CommandResult.Plan plan) {
            json.addProperty("register", plan.noRegister() == null);
            json.add("migrations", JsonObjects.array(plan.rows(), JsonResultFormatter::planned));
        } else if (result instanceof CommandResult.Run run) {
            run(json, run);
        } else if (result instanceof CommandResult.Decision decision) {
            decision(json, decision);
        } else if (result instanceof CommandResult.Help help) {
            json.add("commands", lines(help.commands()));
        }
        return JsonObjects.text(json);
    }

    private static JsonArray lines(String commands) {
        JsonArray lines = new JsonArray();
        commands.lines().skip(1).map(String::strip).forEach(lines::add);
        return lines;
    }

    private static JsonObject planned(CommandResult.PlanRow row) {
        PlannedMigration planned = row.planned();
        JsonObject json = new JsonObject();
        json.addProperty("id", planned.migration().id().toString());
        json.addProperty("name", planned.migration().name());
        json.addProperty("plan", JsonObjects.word(planned.action()));
        json.addProperty("why", planned.reason());
        JsonObjects.add(json, "preview", row.preview());
        JsonObjects.add(json, "previewError", row.previewError());
        return json;
    }

    private static void run(JsonObject json, CommandResult.Run run) {
        json.add("done", JsonObjects.array(run.done(), done -> {
            JsonObject object = ReportJson.attempt(done.attempt());
            JsonObjects.add(object, "tookMillis", done.took());
            JsonObjects.add(object, "finishedAt", done.finishedAt());
            return object;
        }));
        JsonObjects.add(json, "to", run.to());
        json.addProperty("found", run.found());
        JsonObjects.add(json, "elapsedMillis", run.elapsed());
    }

    private static void decision(JsonObject json, CommandResult.Decision decision) {
        json.add("changed", JsonObjects.array(decision.changed(), one -> {
            JsonObject object = new JsonObject();
            object.addProperty("id", one.id().toString());
            JsonObjects.add(object, "name", one.name());
            object.addProperty("became", JsonObjects.word(one.became()));
            return object;
        }));
        ReportJson.by(json, decision.by(), decision.reason());
    }
}
