package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.migrate.MigrationId;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import dev.migrate.spring.startup.MigrationMonitor.State;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers wrote, in what the gate answers with details. */
class HostileTextTest {

    private static final String FORGED = "row\r\n2026-01-01 INFO forged\u001b[2J";

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/html"})
    void forgesNoLine(String accept) {
        Attempt attempt = new Attempt(
                MigrationId.of("0002"), FORGED, 1, "t", null, FORGED, new Owner(FORGED, 7, null), false, Map.of());
        BlockingVerdict halted = new BlockingVerdict(attempt, Outcome.FAILED, FORGED, null, null);
        BlockedStart block = new BlockedStart(FORGED, FORGED, halted);
        String content = GateResponse.of(new Snapshot(State.BLOCKED, null, block, FORGED, Instant.EPOCH), accept, true)
                .content();
        assertThat(content).contains("row\\").doesNotContain("\u001b", "\r");
        if (accept.endsWith("json")) {
            JsonParser.parseString(content).getAsJsonObject().asMap().values().forEach(value -> assertThat(
                            value.getAsString())
                    .doesNotContain("\u001b", "\r", "\n"));
        }
    }
}
