package dev.migrate.spring.actuate;

import com.google.gson.JsonObject;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.spring.actuate.CachedLedgerReader.CachedLedger;
import dev.migrate.spring.report.JsonObjects;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.ReportJson;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import org.jspecify.annotations.Nullable;

/** The facts for programs, as {@code docs/monitoring.md} describes them in its section "The endpoint and the pages". */
final class MigrationsDescriptorJson {

    private MigrationsDescriptorJson() {}

    /** All migrations. */
    static String of(MigrationsDescriptor facts) {
        JsonObject json = document(facts, facts.problem());
        if (facts.status() != null) {
            ReportJson.status(json, facts.status());
        }
        return JsonObjects.text(json);
    }

    /** One migration, with what happened to it. */
    static String of(MigrationsDescriptor facts, String id) {
        JsonObject json = document(facts, facts.isNowhere(id) ? facts.nowhere() : facts.problem());
        facts.row(id).ifPresent(row -> json.add("migration", ReportJson.row(row)));
        if (facts.status() != null) {
            json.add("events", JsonObjects.array(facts.history(id), ReportJson::event));
        }
        return JsonObjects.text(json);
    }

    private static JsonObject document(MigrationsDescriptor facts, @Nullable Problem problem) {
        JsonObject json = ReportJson.document();
        json.addProperty("enabled", facts.enabled());
        if (facts.context() != null) {
            ReportJson.place(json, facts.context());
        }
        json.add("process", process(facts));
        CachedLedger seen = facts.ledger();
        if (seen != null) {
            JsonObjects.add(json, "readAt", seen.readAt());
            JsonObjects.add(json, "ageMillis", seen.age());
        }
        ReportJson.problem(json, problem);
        return json;
    }

    private static JsonObject process(MigrationsDescriptor facts) {
        Snapshot snapshot = facts.process();
        JsonObject json = new JsonObject();
        json.addProperty("state", JsonObjects.word(snapshot.state()));
        JsonObjects.add(json, "since", snapshot.since());
        JsonObjects.add(json, "detail", snapshot.detail());
        if (facts.context() != null) {
            json.add("owner", ReportJson.owner(facts.context().settings().owner()));
        }
        Attempt attempt = snapshot.attempt();
        if (attempt != null) {
            json.add("running", ReportJson.attempt(attempt));
        }
        BlockedStart block = snapshot.block();
        if (block != null) {
            json.add("block", block(block));
        }
        return json;
    }

    private static JsonObject block(BlockedStart block) {
        JsonObject json = new JsonObject();
        json.addProperty("reason", block.description());
        json.addProperty("wayOut", block.action());
        BlockingVerdict halted = block.verdict();
        if (halted != null) {
            json.add("halted", ReportJson.halted(halted));
        }
        return json;
    }
}
