package dev.migrate.internal.protocol;

import static dev.migrate.internal.protocol.ScriptedMigration.plain;
import static dev.migrate.internal.protocol.ScriptedMigration.rerunnable;
import static dev.migrate.internal.protocol.ScriptedMigration.resumable;
import static dev.migrate.internal.protocol.ScriptedProcess.LEASE;
import static dev.migrate.internal.protocol.ScriptedProcess.NOW;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A process that waits for the owner of a migration, whose lease is a minute and whose register is looked at every 2 s. */
class WaitingTest {

    private static final MigrationId ONE = MigrationId.of("0001");

    private final ScriptedProcess process = new ScriptedProcess();

    WaitingTest() {
        process.given(state -> state.claim(attempt("0001", 1, "theirs", "d0"), LEASE));
    }

    private void beatsAt(Duration when) {
        process.at(when, () -> process.change(state -> state.heartbeat("theirs", "row 9", null)));
    }

    private void finishesAt(Duration when) {
        process.at(
                when,
                () -> process.change(state ->
                        state.complete(new AppliedMigration(state.running().attempt(), NOW, null))));
    }

    private Duration now() {
        return Duration.ofNanos(process.nanos);
    }

    private void takenOver() {
        process.until(() -> !process.told(MigrationEvent.TakenOver.class).isEmpty());
    }

    @Test
    void a_waiter_polls_every_two_seconds_and_goes_on_when_the_owner_is_done() {
        finishesAt(ofSeconds(31));
        assertThat(process.start(plain("0001")).finish().applied()).isEmpty();
        assertThat(now()).isEqualTo(ofSeconds(32));
        assertThat(process.pauses).containsOnly(ofSeconds(2));
        assertThat(process.store.calls).startsWith("GET ledger.json", "GET? ledger.json", "GET? ledger.json");
    }

    @Test
    void with_a_short_lease_it_polls_every_sixth_of_it() {
        ScriptedProcess quick = new ScriptedProcess();
        quick.given(state -> state.claim(attempt("0001", 1, "theirs", "d0"), ofSeconds(6)));
        quick.start(plain("0001"))
                .until(() -> !quick.told(MigrationEvent.TakenOver.class).isEmpty());
        assertThat(quick.pauses).containsOnly(ofSeconds(1));
        assertThat(quick.nanos).isEqualTo(ofSeconds(8).toNanos());
    }

    @Test
    void the_claim_is_taken_over_after_more_than_the_lease_and_one_poll_without_a_change() {
        process.start(plain("0001"));
        takenOver();
        assertThat(now()).isEqualTo(ofSeconds(64));
        assertThat(process.told(MigrationEvent.TakenOver.class)
                        .get(0)
                        .running()
                        .attempt()
                        .token())
                .isEqualTo("theirs");
        BlockingVerdict halted = process.state().halted();
        assertThat(halted.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(halted.error()).isEqualTo("its owner (there, process 2) sent no heartbeat for 64000 ms");
        assertThat(halted.at()).isEqualTo(NOW);
        process.until(() -> !process.told(MigrationEvent.Blocked.class).isEmpty());
        assertThat(process.works).isEmpty();
    }

    @Test
    void every_beat_gives_the_owner_a_whole_lease_anew() {
        beatsAt(ofSeconds(41));
        beatsAt(ofSeconds(99));
        process.start(plain("0001"));
        takenOver();
        assertThat(now()).isEqualTo(ofSeconds(164));
        assertThat(process.state().halted().checkpoint()).isEqualTo("row 9");
    }

    @Test
    void a_waiter_says_once_a_minute_for_whom_it_waits() {
        for (int i = 1; i < 30; i++) {
            beatsAt(ofSeconds(10 * i - 1));
        }
        finishesAt(ofSeconds(131));
        assertThat(process.start(plain("0001")).finish().applied()).isEmpty();
        assertThat(process.told(MigrationEvent.Waiting.class)).hasSize(3);
        assertThat(process.told(MigrationEvent.Waiting.class).get(2).running().checkpoint())
                .isEqualTo("row 9");
    }

    @Test
    void a_gap_between_two_answers_counts_for_no_more_than_two_polls() {
        process.at(ofSeconds(11), () -> process.store.down = true);
        process.at(ofSeconds(600), () -> process.store.down = false);
        process.start(plain("0001"));
        takenOver();
        // Ten seconds were seen before the gap, and four count for it.
        assertThat(now()).isBetween(ofSeconds(600 + 48), ofSeconds(600 + 70));
    }

    @Test
    void a_gap_of_less_than_two_polls_counts_in_full() {
        process.store.before(
                "GET? ledger.json", () -> process.nanos += ofSeconds(1).toNanos());
        process.start(plain("0001"));
        takenOver();
        // One poll took three seconds, the others two: 3 + 30 * 2 is more than 62.
        assertThat(now()).isEqualTo(ofSeconds(63));
    }

    @Test
    void a_receipt_shows_at_the_take_over_that_the_owner_had_finished() {
        process.putReceipt("0001");
        assertThat(process.start(rerunnable("0001")).finish().applied()).isEmpty();
        assertThat(process.works).isEmpty();
        assertThat(process.state().applied(ONE))
                .get()
                .extracting(done -> done.attempt().token())
                .isEqualTo("theirs");
        assertThat(process.notices()).containsExactly("0001 M0001 counts as applied: its receipt is there.");
        assertThat(process.told(MigrationEvent.TakenOver.class)).hasSize(1);
    }

    @Test
    void a_restartable_migration_is_claimed_in_the_same_write_and_goes_on_from_its_checkpoint() {
        beatsAt(ofSeconds(1));
        process.start(resumable("0001")).until(() -> !process.works.isEmpty());
        assertThat(process.works.get(0).checkpoint).isEqualTo("row 9");
        assertThat(process.state().running().attempt().number()).isEqualTo(2);
        assertThat(process.state().attempts()).singleElement().satisfies(past -> {
            assertThat(past.type()).isEqualTo("INTERRUPTED");
            assertThat(past.attempt().token()).isEqualTo("theirs");
        });
        assertThat(process.told(MigrationEvent.TakenOver.class)).hasSize(1);
        assertThat(process.store.calls).endsWith("GET 0001", "GET 0001", "PUT ledger.json");
    }

    @Test
    void a_take_over_that_another_waiter_won_is_not_published() {
        process.store.before(
                "PUT ledger.json",
                () -> process.change(
                        state -> state.fail("theirs", Outcome.INTERRUPTED, "seen by the other", NOW, null)));
        process.start(plain("0001"))
                .until(() -> !process.told(MigrationEvent.Blocked.class).isEmpty());
        assertThat(process.told(MigrationEvent.TakenOver.class)).isEmpty();
        assertThat(process.state().halted().error()).isEqualTo("seen by the other");
    }

    @Test
    void nor_is_one_that_came_too_late_because_the_owner_beat_after_all() {
        process.store.before("PUT ledger.json", () -> {
            process.change(state -> state.heartbeat("theirs", null, null));
            finishesAt(now().plusSeconds(5));
        });
        assertThat(process.start(rerunnable("0001")).finish().applied()).isEmpty();
        assertThat(process.told(MigrationEvent.TakenOver.class)).isEmpty();
        assertThat(process.works).isEmpty();
    }

    @Test
    void a_waiter_shuts_down_at_once() {
        process.at(ofSeconds(7), () -> process.stopping = true);
        process.start(plain("0001"));
        assertThatThrownBy(process::finish).isInstanceOf(RunCancelledException.class);
        assertThat(now()).isEqualTo(ofSeconds(7));
        assertThat(process.store.calls).as("and asks the store no more").hasSize(4);
    }

    @Test
    void a_register_that_disappears_during_a_wait_is_reported_and_never_recreated() {
        process.at(
                ofSeconds(5),
                () -> process.objects.delete(
                        "odin-dev/ledger.json", process.snapshot().version()));
        process.start(plain("0001"))
                .until(() -> !process.told(MigrationEvent.Blocked.class).isEmpty());
        assertThat(process.told(MigrationEvent.Blocked.class).get(0).block().description())
                .startsWith("The ledger cannot be used. played/odin-dev/ledger.json is gone");
        assertThat(process.store.calls).doesNotContain("CREATE ledger.json");
    }
}
