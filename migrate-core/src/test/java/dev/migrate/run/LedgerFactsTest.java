package dev.migrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Owner;
import dev.migrate.ledger.Running;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerFactsTest {

    private static final MigrationId ONE = MigrationId.of("0001");
    private static final MigrationId TWO = MigrationId.of("0002");
    private static final MigrationId THREE = MigrationId.of("0003");

    @Test
    void register_and_receipts_are_held_against_each_other() {
        LedgerState state = LedgerState.fresh(
                new EnvironmentName("odin-dev"),
                List.of(new Applied(Attempt.bare(ONE), null, null), new Applied(Attempt.bare(TWO), null, null)));
        LedgerFacts facts = new LedgerFacts(state, true, List.of(TWO, THREE));
        assertThat(facts.withoutReceipt()).containsExactly(ONE);
        assertThat(facts.withoutRecord()).containsExactly(THREE);
    }

    @Test
    void who_is_refused_for_now_may_come_again() {
        Attempt attempt = new Attempt(ONE, "M", 1, "t", null, null, new Owner("here", 1, null), false, Map.of());
        assertThat(CommandRefusedException.busy(new Running(attempt, Duration.ofSeconds(60), 0, null, null), "odin-dev")
                        .isBusy())
                .isTrue();
        assertThat(CommandRefusedException.wrongUse("No.", "Otherwise.").isBusy())
                .isFalse();
    }
}
