package dev.migrate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.spring.report.StatusReport;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import dev.migrate.spring.startup.MigrationMonitor.State;
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
        LedgerFixture desk = new LedgerFixture();
        desk.with("0001", FORGED, () -> {});
        Attempt attempt = new Attempt(
                MigrationId.of("0002"), FORGED, 1, "t", NOW, FORGED, new Owner(FORGED, 7, null), false, Map.of());
        BlockingVerdict halted = new BlockingVerdict(attempt, Outcome.FAILED, FORGED, NOW, null);
        Snapshot process = new Snapshot(State.BLOCKED, null, new BlockedStart(FORGED, FORGED, halted), FORGED, NOW);
        LedgerState state =
                new LedgerState(desk.settings().environment(), 7, List.of(), null, null, halted, List.of(), Map.of());
        LedgerReport facts = new LedgerReport(state, true, List.of());
        CachedLedgerReader.CachedLedger seen = new CachedLedgerReader.CachedLedger(facts, NOW, Duration.ZERO, null);
        String page =
                StatusPage.of(new MigrationsDescriptor(true, process, desk, seen, StatusReport.of(desk, facts)), NOW);
        assertThat(page).contains("forged").doesNotContain("\u001b", "\r", "\u202e", "\u200b");
        assertThat(MigrationsHealth.of(process).details().values().toString())
                .contains("row\\r\\n2026-01-01 INFO forged\\u001b[2J\\u202e\\u200b")
                .doesNotContain("\u001b", "\r", "\n", "\u202e", "\u200b");
    }
}
