package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationId;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.startup.MigrationMonitor.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationMonitorTest {

    private final MigrationMonitor monitor = new MigrationMonitor();

    private static Attempt attempt(String id) {
        return new Attempt(MigrationId.of(id), "Name", 1, "token " + id, null, null, null, false, Map.of());
    }

    private static MigrationEvent blocked(String reason, String id) {
        return new MigrationEvent.Blocked(
                new BlockedStart(
                        reason, "Mend it.", new BlockingVerdict(attempt(id), Outcome.FAILED, null, null, null)),
                Duration.ZERO);
    }

    private static MigrationEvent waiting(String id, long beat) {
        return new MigrationEvent.Waiting(
                new RunningMigration(attempt(id), Duration.ofSeconds(60), beat, null, null), Duration.ZERO);
    }

    /** Tells it when a later moment would be another one. */
    private Instant afterAWhile(MigrationEvent event) {
        Instant before = monitor.snapshot().since();
        while (!Instant.now().isAfter(before)) {
            Thread.onSpinWait();
        }
        monitor.on(event);
        return monitor.snapshot().since();
    }

    @Test
    void whatIsToldAgainIsSoSinceItWasToldFirst() {
        Instant blocked = afterAWhile(blocked("first", "0003"));
        assertThat(afterAWhile(blocked("second", "0003"))).isEqualTo(blocked);
        assertThat(monitor.snapshot().block()).isNotNull();
        assertThat(monitor.snapshot().block().description()).as("the last word").isEqualTo("second");

        Instant waiting = afterAWhile(waiting("0003", 1));
        assertThat(waiting).isAfter(blocked);
        assertThat(afterAWhile(waiting("0003", 7))).isEqualTo(waiting);
    }

    @Test
    void anotherMigrationIsAnotherMoment() {
        Instant first = afterAWhile(blocked("failed", "0003"));
        assertThat(afterAWhile(blocked("failed", "0004"))).isAfter(first);
        Instant ledger =
                afterAWhile(new MigrationEvent.Blocked(new BlockedStart("refused", "Mend it.", null), Duration.ZERO));
        assertThat(afterAWhile(
                        new MigrationEvent.Blocked(new BlockedStart("refused again", "Mend it.", null), Duration.ZERO)))
                .isEqualTo(ledger);
        Instant waiting = afterAWhile(waiting("0003", 1));
        assertThat(afterAWhile(waiting("0004", 1))).isAfter(waiting);
        assertThat(monitor.snapshot().state()).isEqualTo(State.WAITING);
    }
}
