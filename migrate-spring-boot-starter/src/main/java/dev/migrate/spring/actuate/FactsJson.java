package dev.migrate.spring.actuate;

import com.google.gson.JsonObject;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.run.Block;
import dev.migrate.spring.MigrationMonitor.Snapshot;
import dev.migrate.spring.actuate.LedgerView.Seen;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.ReportJson;
import org.jspecify.annotations.Nullable;

/** The facts for programs, as {@code docs/monitoring.md} describes them in its section "The endpoint and the pages". */
final class FactsJson {

    private FactsJson() {}

    /** All migrations. */
    static String of(MigrationFacts facts) {
        JsonObject json = document(facts, facts.problem());
        if (facts.status() != null) {
            ReportJson.status(json, facts.status());
        }
        return ReportJson.text(json);
    }

    /** One migration, with what happened to it. */
    static String of(MigrationFacts facts, String id) {
        JsonObject json = document(facts, facts.isNowhere(id) ? facts.nowhere() : facts.problem());
        facts.row(id).ifPresent(row -> json.add("migration", ReportJson.row(row)));
        if (facts.status() != null) {
            json.add("events", ReportJson.array(facts.history(id), ReportJson::event));
        }
        return ReportJson.text(json);
    }

    private static JsonObject document(MigrationFacts facts, @Nullable Problem problem) {
        JsonObject json = ReportJson.document();
        json.addProperty("enabled", facts.enabled());
        if (facts.place() != null) {
            ReportJson.place(json, facts.place());
        }
        json.add("process", process(facts));
        Seen seen = facts.seen();
        if (seen != null) {
            ReportJson.add(json, "readAt", seen.readAt());
            ReportJson.add(json, "ageMillis", seen.age());
        }
        ReportJson.problem(json, problem);
        return json;
    }

    private static JsonObject process(MigrationFacts facts) {
        Snapshot snapshot = facts.process();
        JsonObject json = new JsonObject();
        json.addProperty("state", ReportJson.word(snapshot.state()));
        ReportJson.add(json, "since", snapshot.since());
        ReportJson.add(json, "detail", snapshot.detail());
        if (facts.place() != null) {
            json.add("owner", ReportJson.owner(facts.place().settings().owner()));
        }
        Attempt attempt = snapshot.attempt();
        if (attempt != null) {
            json.add("running", ReportJson.attempt(attempt));
        }
        Block block = snapshot.block();
        if (block != null) {
            json.add("block", block(block));
        }
        return json;
    }

    private static JsonObject block(Block block) {
        JsonObject json = new JsonObject();
        json.addProperty("reason", block.reason());
        json.addProperty("wayOut", block.wayOut());
        Halted halted = block.halted();
        if (halted != null) {
            json.add("halted", ReportJson.halted(halted));
        }
        return json;
    }
}
