package dev.migrate.spring.actuate;

import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.run.Block;
import dev.migrate.spring.MigrationMonitor.Snapshot;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What health says of migrations, in words that both generations of Boot's health types take.
 *
 * @param status the code of a status that Boot knows
 * @param details what is known
 */
record HealthFacts(String status, Map<String, Object> details) {

    static HealthFacts of(Snapshot snapshot) {
        String status =
                switch (snapshot.state()) {
                    case OPEN -> "UP";
                    case BLOCKED -> "DOWN";
                    default -> "OUT_OF_SERVICE";
                };
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", snapshot.state().name().toLowerCase(Locale.ROOT));
        details.put("since", snapshot.since().toString());
        put(details, "detail", snapshot.detail());
        describe(details, snapshot.attempt());
        describe(details, snapshot.block());
        return new HealthFacts(status, details);
    }

    private static void describe(Map<String, Object> details, @Nullable Block block) {
        if (block == null) {
            return;
        }
        Halted halted = block.halted();
        if (halted != null) {
            describe(details, halted.attempt());
            details.put("verdict", halted.verdict().name().toLowerCase(Locale.ROOT));
        }
        details.put("reason", block.reason());
        details.put("wayOut", block.wayOut());
    }

    private static void describe(Map<String, Object> details, @Nullable Attempt attempt) {
        if (attempt == null) {
            return;
        }
        details.put("migration", attempt.id().toString());
        put(details, "name", attempt.name());
        details.put("attempt", attempt.number());
        put(details, "deployment", attempt.deployment());
        put(details, "owner", attempt.owner());
    }

    private static void put(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }
}
