package dev.migrate.spring.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.run.Planned;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.report.ReportJson;

/** An answer for programs: one document, as {@code docs/operations.md} describes it in its section "JSON answers". */
final class JsonAnswer {

    private JsonAnswer() {}

    static String of(String command, Workplace place, Answer answer) {
        JsonObject json = ReportJson.document();
        json.addProperty("command", command);
        ReportJson.place(json, place);
        json.addProperty("exitCode", answer.exitCode());
        ReportJson.problem(json, answer.problem());
        if (answer instanceof Answer.Status status) {
            ReportJson.status(json, status.report());
        } else if (answer instanceof Answer.History history) {
            json.add("events", ReportJson.array(history.rows(), ReportJson::event));
        } else if (answer instanceof Answer.Plan plan) {
            json.addProperty("register", plan.noRegister() == null);
            json.add("migrations", ReportJson.array(plan.rows(), JsonAnswer::planned));
        } else if (answer instanceof Answer.Run run) {
            run(json, run);
        } else if (answer instanceof Answer.Decision decision) {
            decision(json, decision);
        } else if (answer instanceof Answer.Help help) {
            json.add("commands", lines(help.commands()));
        }
        return ReportJson.text(json);
    }

    private static JsonArray lines(String commands) {
        JsonArray lines = new JsonArray();
        commands.lines().skip(1).map(String::strip).forEach(lines::add);
        return lines;
    }

    private static JsonObject planned(Answer.PlanRow row) {
        Planned planned = row.planned();
        JsonObject json = new JsonObject();
        json.addProperty("id", planned.migration().id().toString());
        json.addProperty("name", planned.migration().name());
        json.addProperty("plan", ReportJson.word(planned.what()));
        json.addProperty("why", planned.why());
        ReportJson.add(json, "preview", row.preview());
        ReportJson.add(json, "previewError", row.previewError());
        return json;
    }

    private static void run(JsonObject json, Answer.Run run) {
        json.add("done", ReportJson.array(run.done(), done -> {
            JsonObject it = ReportJson.attempt(done.attempt());
            ReportJson.add(it, "tookMillis", done.took());
            ReportJson.add(it, "finishedAt", done.finishedAt());
            return it;
        }));
        ReportJson.add(json, "to", run.to());
        json.addProperty("found", run.found());
        ReportJson.add(json, "elapsedMillis", run.elapsed());
    }

    private static void decision(JsonObject json, Answer.Decision decision) {
        json.add("changed", ReportJson.array(decision.changed(), one -> {
            JsonObject it = new JsonObject();
            it.addProperty("id", one.id().toString());
            ReportJson.add(it, "name", one.name());
            it.addProperty("became", ReportJson.word(one.became()));
            return it;
        }));
        ReportJson.by(json, decision.by(), decision.reason());
    }
}
