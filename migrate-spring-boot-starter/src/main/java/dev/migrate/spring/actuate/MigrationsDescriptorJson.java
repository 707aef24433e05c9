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

/**
 * Renders the endpoint's content as JSON. {@code docs/monitoring.md}, section "The endpoint and the pages", describes
 * the format.
 */
final class MigrationsDescriptorJson {

    private MigrationsDescriptorJson() {}

    /** Renders all migrations. */
    static String of(MigrationsDescriptor descriptor) {
        JsonObject json = document(descriptor, descriptor.problem());
        if (descriptor.status() != null) {
            ReportJson.status(json, descriptor.status());
        }
        return JsonObjects.text(json);
    }

    /** Renders one migration with its events. */
    static String of(MigrationsDescriptor descriptor, String id) {
        JsonObject json = document(descriptor, descriptor.isAbsent(id) ? descriptor.absent() : descriptor.problem());
        descriptor.row(id).ifPresent(row -> json.add("migration", ReportJson.row(row)));
        if (descriptor.status() != null) {
            json.add("events", JsonObjects.array(descriptor.history(id), ReportJson::event));
        }
        return JsonObjects.text(json);
    }

    private static JsonObject document(MigrationsDescriptor descriptor, @Nullable Problem problem) {
        JsonObject json = ReportJson.document();
        json.addProperty("enabled", descriptor.enabled());
        if (descriptor.context() != null) {
            ReportJson.place(json, descriptor.context());
        }
        json.add("process", process(descriptor));
        CachedLedger cached = descriptor.ledger();
        if (cached != null) {
            JsonObjects.add(json, "readAt", cached.readAt());
            JsonObjects.add(json, "ageMillis", cached.age());
        }
        ReportJson.problem(json, problem);
        return json;
    }

    private static JsonObject process(MigrationsDescriptor descriptor) {
        Snapshot snapshot = descriptor.process();
        JsonObject json = new JsonObject();
        json.addProperty("state", JsonObjects.word(snapshot.state()));
        JsonObjects.add(json, "since", snapshot.since());
        JsonObjects.add(json, "detail", snapshot.detail());
        if (descriptor.context() != null) {
            json.add("owner", ReportJson.owner(descriptor.context().settings().owner()));
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
        BlockingVerdict verdict = block.verdict();
        if (verdict != null) {
            json.add("halted", ReportJson.halted(verdict));
        }
        return json;
    }
}
