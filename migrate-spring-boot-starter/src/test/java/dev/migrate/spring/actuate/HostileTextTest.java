package dev.migrate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Owner;
import dev.migrate.ledger.Verdict;
import dev.migrate.run.Block;
import dev.migrate.run.LedgerFacts;
import dev.migrate.spring.MigrationMonitor.Snapshot;
import dev.migrate.spring.MigrationMonitor.State;
import dev.migrate.spring.report.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What strangers wrote, on the page and in health. */
class HostileTextTest {

    private static final String FORGED = "row\r\n2026-01-01 INFO forged\u001b[2J\u202e\u200b";
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void forgesNoLineAndTurnsNoWritingRound() {
        Desk desk = new Desk();
        desk.with("0001", FORGED, () -> {});
        Attempt attempt = new Attempt(
                MigrationId.of("0002"), FORGED, 1, "t", NOW, FORGED, new Owner(FORGED, 7, null), false, Map.of());
        Halted halted = new Halted(attempt, Verdict.FAILED, FORGED, NOW, null);
        Snapshot process = new Snapshot(State.BLOCKED, null, new Block(FORGED, FORGED, halted), FORGED, NOW);
        LedgerState state =
                new LedgerState(desk.settings().environment(), 7, List.of(), null, null, halted, List.of(), Map.of());
        LedgerFacts facts = new LedgerFacts(state, true, List.of());
        LedgerView.Seen seen = new LedgerView.Seen(facts, NOW, Duration.ZERO, null);
        String page = StatusPage.of(new MigrationFacts(true, process, desk, seen, StatusReport.of(desk, facts)), NOW);
        assertThat(page).contains("forged").doesNotContain("\u001b", "\r", "\u202e", "\u200b");
        assertThat(HealthFacts.of(process).details().values().toString())
                .contains("row\\r\\n2026-01-01 INFO forged\\u001b[2J\\u202e\\u200b")
                .doesNotContain("\u001b", "\r", "\n", "\u202e", "\u200b");
    }
}
