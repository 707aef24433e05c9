package dev.migrate.spring.actuate;

import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.spring.report.JsonObjects;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of the migrations, independent of the health types of Spring Boot 3 and 4.
 *
 * @param status the code of a status of Spring Boot
 * @param details the details, in order
 */
record MigrationsHealth(String status, Map<String, Object> details) {

    static MigrationsHealth of(Snapshot snapshot) {
        String status =
                switch (snapshot.state()) {
                    case OPEN -> "UP";
                    case BLOCKED -> "DOWN";
                    default -> "OUT_OF_SERVICE";
                };
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", snapshot.state().name().toLowerCase(Locale.ROOT));
        details.put("since", snapshot.since().toString());
        JsonObjects.put(details, "detail", snapshot.detail());
        describe(details, snapshot.attempt());
        describe(details, snapshot.block());
        return new MigrationsHealth(status, details);
    }

    private static void describe(Map<String, Object> details, @Nullable BlockedStart block) {
        if (block == null) {
            return;
        }
        BlockingVerdict verdict = block.verdict();
        if (verdict != null) {
            describe(details, verdict.attempt());
            details.put("verdict", verdict.outcome().name().toLowerCase(Locale.ROOT));
        }
        details.put("reason", block.description());
        details.put("wayOut", block.action());
    }

    private static void describe(Map<String, Object> details, @Nullable Attempt attempt) {
        if (attempt == null) {
            return;
        }
        details.put("migration", attempt.id().toString());
        JsonObjects.put(details, "name", attempt.name());
        details.put("attempt", attempt.number());
        JsonObjects.put(details, "deployment", attempt.deployment());
        JsonObjects.put(details, "owner", attempt.owner());
    }
}
