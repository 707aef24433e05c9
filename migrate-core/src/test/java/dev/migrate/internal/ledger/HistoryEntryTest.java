package dev.migrate.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationId;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryEntryTest {

    private static HistoryEntry past(String what, boolean reverts) {
        Attempt attempt = new Attempt(MigrationId.of("0001"), "M", 1, "t", null, null, null, reverts, Map.of());
        return new HistoryEntry(attempt, what, null, null, null, null, null, null);
    }

    @Test
    void an_entry_is_a_revert_by_its_kind_and_by_its_attempt() {
        assertThat(past(HistoryEntry.APPLIED, false).isRevert())
                .as("what was done and reverted since")
                .isTrue();
        assertThat(past("REVERT", true).isRevert()).isTrue();
        assertThat(past("RESOLVE", true).isRevert())
                .as("a person says that it was reverted")
                .isTrue();
        assertThat(past("RESOLVE", false).isRevert())
                .as("a person says that it was done")
                .isFalse();
        assertThat(past("RETRY", true).isRevert()).isFalse();
        assertThat(past("STAMP", false).isRevert()).isFalse();
        assertThat(past("FAILED", true).isRevert()).isFalse();
    }

    @Test
    void an_operator_is_a_person_in_a_process_where_there_is_one() {
        Owner laptop = new Owner("laptop", 7, null);
        assertThat(new Operator(laptop, "ana")).hasToString("ana (laptop, process 7)");
        assertThat(new Operator(laptop, null)).hasToString("laptop, process 7");
    }
}
