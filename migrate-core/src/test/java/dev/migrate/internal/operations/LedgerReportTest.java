package dev.migrate.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.plan.CommandRefusedException;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.RunningMigration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerReportTest {

    private static final MigrationId ONE = MigrationId.of("0001");
    private static final MigrationId TWO = MigrationId.of("0002");
    private static final MigrationId THREE = MigrationId.of("0003");

    @Test
    void register_and_receipts_are_held_against_each_other() {
        LedgerState state = LedgerState.empty(
                new EnvironmentName("odin-dev"),
                List.of(
                        new AppliedMigration(Attempt.ofUnknownOwner(ONE), null, null),
                        new AppliedMigration(Attempt.ofUnknownOwner(TWO), null, null)));
        LedgerReport facts = new LedgerReport(state, true, List.of(TWO, THREE));
        assertThat(facts.withoutReceipt()).containsExactly(ONE);
        assertThat(facts.withoutRecord()).containsExactly(THREE);
    }

    @Test
    void who_is_refused_for_now_may_come_again() {
        Attempt attempt = new Attempt(ONE, "M", 1, "t", null, null, new Owner("here", 1, null), false, Map.of());
        assertThat(CommandRefusedException.busy(
                                new RunningMigration(attempt, Duration.ofSeconds(60), 0, null, null), "odin-dev")
                        .isBusy())
                .isTrue();
        assertThat(CommandRefusedException.wrongUse("No.", "Otherwise.").isBusy())
                .isFalse();
    }
}
