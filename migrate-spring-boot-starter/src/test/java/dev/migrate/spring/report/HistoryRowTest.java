package dev.migrate.spring.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.HistoryEntry;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryRowTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static Attempt attempt(String id, int number, boolean reverts) {
        return new Attempt(MigrationId.of(id), null, number, id + "-" + number, NOON, "blue", null, reverts, Map.of());
    }

    private static AppliedMigration applied(String id, Instant at) {
        return new AppliedMigration(attempt(id, 1, false), at, Duration.ZERO);
    }

    private static HistoryEntry past(String id, int number, String what) {
        return new HistoryEntry(attempt(id, number, what.equals("REVERT")), what, null, NOON, null, null, null, null);
    }

    private static List<String> told(List<AppliedMigration> applied, List<HistoryEntry> attempts) {
        LedgerState state =
                new LedgerState(new EnvironmentName("odin-dev"), 9, applied, null, null, null, attempts, Map.of());
        return HistoryRow.of(state).stream()
                .map(row -> row.attempt().id() + " " + row.what())
                .toList();
    }

    @Test
    void whatARunAppliedComesBeforeWhatFailedInTheSameMillisecond() {
        assertThat(told(List.of(applied("0001", NOON)), List.of(past("0002", 1, "FAILED"))))
                .containsExactly("0001 applied", "0002 failed");
    }

    @Test
    void whatBefellSeveralInTheSameMillisecondStaysInTheOrderOfTheLedger() {
        List<HistoryEntry> reverted = List.of(
                past("0002", 1, "APPLIED"),
                past("0003", 1, "APPLIED"),
                past("0003", 2, "REVERT"),
                past("0002", 2, "REVERT"));

        assertThat(told(List.of(applied("0001", NOON)), reverted))
                .containsExactly("0001 applied", "0002 applied", "0003 applied", "0003 revert", "0002 revert");
    }

    @Test
    void whatFailedAndWasAppliedInTheSameMillisecondFailedFirst() {
        assertThat(told(List.of(applied("0001", NOON)), List.of(past("0001", 1, "FAILED"))))
                .containsExactly("0001 failed", "0001 applied");
    }

    @Test
    void theTimeDecidesBeforeAll() {
        assertThat(told(List.of(applied("0001", NOON.plusMillis(1))), List.of(past("0002", 1, "FAILED"))))
                .containsExactly("0002 failed", "0001 applied");
    }
}
