package dev.migrate.internal.protocol;

import static dev.migrate.internal.protocol.ScriptedMigration.plain;
import static dev.migrate.internal.protocol.ScriptedMigration.rerunnable;
import static dev.migrate.internal.protocol.ScriptedMigration.resumable;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.internal.protocol.ScriptedStore.Fault;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An owner while its action runs, second by second. The lease is a minute, so a beat is due every ten seconds. */
class SupervisionTest {

    private final ScriptedProcess process = new ScriptedProcess();
    private final List<Duration> beatenAt = new ArrayList<>();

    SupervisionTest() {
        process.givenFresh();
        process.play = work -> {};
        process.listener = event -> {
            if (event instanceof MigrationEvent.ProgressReported) {
                beatenAt.add(Duration.ofNanos(process.nanos));
            }
        };
    }

    private void ends(Duration when) {
        process.at(when, () -> process.work().ended = true);
    }

    private void fails(Duration when, Throwable cause) {
        process.at(when, () -> process.work().fail(cause));
    }

    private void stops(Duration when) {
        process.at(when, () -> process.stopping = true);
    }

    /** Whoever waits looks whether its time has come. */
    private void rings(Duration when) {
        process.at(when, () -> {});
    }

    private void stopped() {
        assertThatThrownBy(process::finish).isInstanceOf(RunCancelledException.class);
    }

    private BlockingVerdict halted() {
        assertThat(process.told(MigrationEvent.AttemptFailed.class))
                .singleElement()
                .satisfies(told -> assertThat(told.verdict().attempt())
                        .isEqualTo(process.told(MigrationEvent.Started.class)
                                .get(0)
                                .attempt()));
        return process.told(MigrationEvent.AttemptFailed.class).get(0).verdict();
    }

    private Duration now() {
        return Duration.ofNanos(process.nanos);
    }

    // Beats

    @Test
    void the_claim_is_kept_up_by_one_write_every_sixth_of_the_lease_until_the_action_ends() {
        ends(ofSeconds(35));
        process.start(plain("0001")).until(() -> process.works.size() == 1);
        process.store.calls.clear();
        process.finish();
        assertThat(beatenAt).containsExactly(ofSeconds(10), ofSeconds(20), ofSeconds(30));
        assertThat(now()).as("it wakes at once when the action ends").isEqualTo(ofSeconds(35));
        assertThat(process.store.calls)
                .containsExactly(
                        "PUT ledger.json", "PUT ledger.json", "PUT ledger.json", "CREATE 0001", "PUT ledger.json");
        assertThat(process.told(MigrationEvent.ProgressReported.class))
                .extracting(told -> told.running().heartbeat())
                .containsExactly(1L, 2L, 3L);
        assertThat(process.pauses).containsOnly(ofSeconds(10));
    }

    @Test
    void a_checkpoint_is_written_within_a_second_and_then_the_beats_go_on_as_before() {
        process.at(ofMillis(500), () -> process.work().checkpoint = "row 1");
        process.at(ofMillis(11_500), () -> process.work().checkpoint = "row 2");
        ends(ofSeconds(25));
        process.start(resumable("0001")).untilTime(ofSeconds(2));
        assertThat(process.state().running().checkpoint()).isEqualTo("row 1");
        process.finish();
        assertThat(beatenAt).containsExactly(ofSeconds(1), ofSeconds(11), ofSeconds(12), ofSeconds(22));
        assertThat(process.pauses).isNotEmpty().allMatch(pause -> pause.compareTo(ofSeconds(1)) <= 0);
    }

    @Test
    void checkpoints_are_written_at_most_once_a_second_however_fast_they_come() {
        for (int i = 1; i <= 40; i++) {
            String row = "row " + i;
            process.at(ofMillis(100 * i), () -> process.work().checkpoint = row);
        }
        ends(ofMillis(4_050));
        process.start(resumable("0001")).finish();
        assertThat(beatenAt).containsExactly(ofSeconds(1), ofSeconds(2), ofSeconds(3), ofSeconds(4));
    }

    @Test
    void with_a_short_lease_the_beats_come_faster_than_the_checkpoints() {
        process.lease = ofSeconds(3);
        process.at(ofMillis(10), () -> process.work().checkpoint = "row 1");
        ends(ofMillis(1_600));
        process.start(resumable("0001")).finish();
        assertThat(beatenAt).containsExactly(ofMillis(500), ofMillis(1_000), ofMillis(1_500));
    }

    @Test
    void a_heartbeat_carries_the_progress_and_keeps_the_last_one() {
        process.at(ofSeconds(3), () -> process.work().progress = new Progress(3, 9));
        process.at(ofSeconds(13), () -> process.work().progress = null);
        ends(ofSeconds(25));
        process.start(resumable("0001")).finish();
        assertThat(process.told(MigrationEvent.ProgressReported.class))
                .extracting(told -> told.running().progress())
                .containsExactly(new Progress(3, 9), new Progress(3, 9));
    }

    @Test
    void a_beat_whose_answer_is_lost_is_found_by_reading_and_the_next_one_comes_in_time() {
        process.store.faults("PUT ledger.json", Fault.NONE, Fault.ANSWER_LOST, Fault.NOT_SENT);
        ends(ofSeconds(25));
        process.start(plain("0001")).finish();
        assertThat(process.state().applied()).hasSize(1);
        assertThat(process.told(MigrationEvent.ProgressReported.class))
                .extracting(told -> told.running().heartbeat())
                .containsExactly(1L, 2L);
        assertThat(beatenAt.get(0)).isEqualTo(ofSeconds(10));
        assertThat(beatenAt.get(1)).isBetween(ofSeconds(20), ofMillis(20_200));
        assertThat(process.told(MigrationEvent.LedgerUnreachable.class)).hasSize(2);
    }

    // The end of the process

    @Test
    void an_action_gets_its_grace_then_an_interrupt_then_two_seconds_and_is_left_behind() {
        stops(ofSeconds(3));
        process.start(plain("0001")).until(() -> process.works.size() == 1 && process.work().cancels == 1);
        assertThat(now()).as("it wakes at once").isEqualTo(ofSeconds(3));
        assertThat(process.notices())
                .last()
                .asString()
                .contains("Shutdown requested: 0001 M0001 has 25000 ms")
                .contains("0001 M0001")
                .contains("25000 ms");
        process.until(() -> process.work().interrupts == 1);
        assertThat(now()).isEqualTo(ofSeconds(28));
        stopped();
        assertThat(now()).isEqualTo(ofSeconds(30));
        assertThat(process.work().interrupts).isEqualTo(1);
        assertThat(process.work().cancels).isEqualTo(1);
        assertThat(halted().outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(halted().error()).startsWith("the process was shut down; ");
        assertThat(process.state().halted()).isEqualTo(halted());
        assertThat(beatenAt).as("the claim is kept up in the grace too").containsExactly(ofSeconds(10), ofSeconds(20));
    }

    @Test
    void a_beat_that_is_due_in_the_last_two_seconds_does_not_shorten_them() {
        stops(ofSeconds(4));
        process.start(plain("0001"));
        stopped();
        assertThat(beatenAt).contains(ofSeconds(30));
        assertThat(now()).isEqualTo(ofSeconds(31));
    }

    @Test
    void in_the_grace_too_a_beat_without_an_answer_is_sent_again_soon() {
        process.store.faults("PUT ledger.json", Fault.NONE, Fault.NONE, Fault.NOT_SENT);
        stops(ofSeconds(3));
        ends(ofSeconds(25));
        process.start(plain("0001"));
        stopped();
        assertThat(beatenAt).hasSize(2).last().isEqualTo(ofMillis(20_100));
    }

    @Test
    void an_action_that_ends_well_in_its_grace_is_applied_and_no_other_starts() {
        stops(ofSeconds(3));
        ends(ofSeconds(5));
        process.start(plain("0001"), plain("0002"));
        stopped();
        assertThat(now()).isEqualTo(ofSeconds(5));
        assertThat(process.works).hasSize(1);
        assertThat(process.work().interrupts).isZero();
        assertThat(process.state().applied()).hasSize(1);
        assertThat(process.state().running()).isNull();
    }

    @Test
    void a_plain_action_that_fails_in_its_grace_by_itself_has_failed() {
        stops(ofSeconds(3));
        fails(ofSeconds(5), new IllegalStateException("boom"));
        process.start(plain("0001"));
        stopped();
        assertThat(halted().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(halted().error()).isEqualTo("java.lang.IllegalStateException: boom");
    }

    @Test
    void a_restartable_action_that_fails_in_its_grace_did_so_because_it_was_asked_to_stop() {
        stops(ofSeconds(3));
        fails(ofSeconds(5), new IllegalStateException("asked to stop"));
        process.start(rerunnable("0001"));
        stopped();
        assertThat(halted().outcome()).isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void a_restartable_action_that_fails_without_a_shutdown_is_FAILED() {
        fails(ofSeconds(5), new IllegalStateException("boom"));
        process.start(rerunnable("0001"))
                .until(() -> !process.told(MigrationEvent.Blocked.class).isEmpty());
        assertThat(halted().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(halted().error()).isEqualTo("java.lang.IllegalStateException: boom");
        assertThat(halted().at()).isEqualTo(ScriptedProcess.NOW);
    }

    @Test
    void an_action_that_dies_of_its_interrupt_was_interrupted() {
        stops(ofSeconds(3));
        fails(ofSeconds(29), new InterruptedException());
        process.start(plain("0001"));
        stopped();
        assertThat(now()).isEqualTo(ofSeconds(29));
        assertThat(halted().outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(halted().error()).isEqualTo("the process was shut down; java.lang.InterruptedException");
    }

    @Test
    void the_grace_is_kept_though_the_store_does_not_answer() {
        process.at(ofSeconds(9), () -> process.store.down = true);
        stops(ofSeconds(12));
        rings(ofSeconds(37));
        process.at(ofSeconds(60), () -> process.store.down = false);
        process.start(plain("0001")).until(() -> process.works.size() == 1 && process.work().cancels == 1);
        assertThat(now()).as("it turns away from the store at once").isEqualTo(ofSeconds(12));
        process.until(() -> process.work().interrupts == 1);
        assertThat(now()).isEqualTo(ofSeconds(37));
        stopped();
        assertThat(halted().outcome()).isEqualTo(Outcome.INTERRUPTED);
    }

    // A claim that is not kept up

    @Test
    void a_restartable_action_is_interrupted_when_its_lease_has_run_out_and_a_plain_one_is_not() {
        process.at(ofSeconds(5), () -> process.store.down = true);
        process.at(ofSeconds(200), () -> process.store.down = false);
        process.at(ofSeconds(201), () -> process.work().fail(new InterruptedException()));
        rings(ofSeconds(60));
        process.start(rerunnable("0001")).until(() -> process.works.size() == 1 && process.work().interrupts == 1);
        assertThat(now()).as("the lease counts from the claim").isEqualTo(ofSeconds(60));
        assertThat(process.work().cancels).isEqualTo(1);
        process.until(() -> !process.told(MigrationEvent.AttemptFailed.class).isEmpty());
        assertThat(process.work().interrupts).as("once").isEqualTo(1);
        assertThat(process.work().cancels).isEqualTo(1);
        assertThat(halted().outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(halted().error()).isEqualTo("its claim was not kept up; java.lang.InterruptedException");

        ScriptedProcess other = new ScriptedProcess();
        other.givenFresh();
        other.play = work -> {};
        other.at(ofSeconds(5), () -> other.store.down = true);
        other.at(ofSeconds(200), () -> other.store.down = false);
        other.at(ofSeconds(201), () -> other.work().ended = true);
        other.start(plain("0001")).finish();
        assertThat(other.work().interrupts).isZero();
        assertThat(other.work().cancels).isZero();
        assertThat(other.state().applied()).hasSize(1);
    }

    @Test
    void a_beat_that_goes_through_gives_a_whole_lease_anew() {
        process.at(ofSeconds(15), () -> process.store.down = true);
        process.start(rerunnable("0001")).until(() -> process.works.size() == 1 && process.work().interrupts == 1);
        assertThat(beatenAt).containsExactly(ofSeconds(10));
        assertThat(now()).isBetween(ofSeconds(70), ofSeconds(80));
    }

    @Test
    void a_restartable_action_whose_claim_is_gone_is_interrupted_as_soon_as_the_owner_sees_it() {
        process.at(
                ofSeconds(15),
                () -> process.change(state -> state.fail(
                        state.running().attempt().token(),
                        Outcome.INTERRUPTED,
                        "no heartbeat",
                        ScriptedProcess.NOW,
                        null)));
        process.start(rerunnable("0001")).until(() -> process.works.size() == 1 && process.work().interrupts == 1);
        assertThat(now()).isEqualTo(ofSeconds(20));
        assertThat(process.work().cancels).isEqualTo(1);
        process.store.calls.clear();
        process.at(ofSeconds(300), () -> process.work().fail(new InterruptedException()));
        process.untilTime(ofSeconds(300));
        assertThat(process.store.calls)
                .as("nothing is written in the name of a claim that is gone")
                .isEmpty();
        process.until(() -> process.work().ended && process.store.calls.contains("GET ledger.json"));
    }

    @Test
    void a_plain_action_whose_claim_is_gone_runs_to_its_end_without_a_beat_and_is_applied() {
        process.at(
                ofSeconds(15),
                () -> process.change(state -> state.fail(
                        state.running().attempt().token(),
                        Outcome.INTERRUPTED,
                        "no heartbeat",
                        ScriptedProcess.NOW,
                        null)));
        ends(ofSeconds(500));
        process.start(plain("0001")).untilTime(ofSeconds(20));
        process.until(
                () -> process.store.calls.get(process.store.calls.size() - 1).equals("GET ledger.json"));
        process.store.calls.clear();
        process.finish();
        assertThat(process.work().interrupts).isZero();
        assertThat(process.store.calls).containsExactly("CREATE 0001", "GET ledger.json", "PUT ledger.json");
        assertThat(now()).isEqualTo(ofSeconds(500));
        assertThat(process.state().halted()).isNull();
        assertThat(process.state().applied()).hasSize(1);
    }

    @Test
    void a_beat_that_was_left_undecided_is_looked_for_before_the_next_one() {
        process.store.faults("PUT ledger.json", Fault.NONE, Fault.ANSWER_LOST);
        process.at(ofSeconds(9), () -> process.store.faults("GET ledger.json", Fault.NOT_SENT, Fault.NOT_SENT));
        // Something else needs the owner while it is not known whether the beat went through.
        stops(ofMillis(10_150));
        ends(ofSeconds(25));
        process.start(plain("0001")).until(() -> process.stopping && process.work().cancels == 1);
        process.store.calls.clear();
        stopped();
        assertThat(process.store.calls)
                .containsExactly("GET ledger.json", "PUT ledger.json", "CREATE 0001", "PUT ledger.json");
        assertThat(process.told(MigrationEvent.ProgressReported.class))
                .extracting(told -> told.running().heartbeat())
                .as("the first one went through")
                .containsExactly(2L);
        assertThat(beatenAt).containsExactly(ofSeconds(20));
    }

    @Test
    void a_claim_that_is_gone_when_an_undecided_beat_is_looked_for_gets_no_other() {
        process.store.faults("PUT ledger.json", Fault.NONE, Fault.NOT_SENT);
        process.at(ofSeconds(9), () -> process.store.faults("GET ledger.json", Fault.NOT_SENT, Fault.NOT_SENT));
        stops(ofMillis(10_150));
        process.at(
                ofSeconds(15),
                () -> process.change(state -> state.fail(
                        state.running().attempt().token(),
                        Outcome.INTERRUPTED,
                        "no heartbeat",
                        ScriptedProcess.NOW,
                        null)));
        ends(ofSeconds(25));
        process.start(plain("0001")).until(() -> process.stopping && process.work().cancels == 1);
        process.store.calls.clear();
        stopped();
        assertThat(process.store.calls)
                .containsExactly("GET ledger.json", "CREATE 0001", "GET ledger.json", "PUT ledger.json");
        assertThat(process.state().applied()).hasSize(1);
    }

    @Test
    void an_action_that_ends_while_the_store_is_down_is_dealt_with_at_once() {
        process.at(ofSeconds(9), () -> process.store.down = true);
        ends(ofSeconds(14));
        process.at(ofSeconds(30), () -> process.store.down = false);
        process.start(plain("0001")).until(() -> process.store.calls.contains("CREATE 0001"));
        assertThat(now()).isEqualTo(ofSeconds(14));
        process.finish();
        assertThat(process.state().applied()).hasSize(1);
    }

    @Test
    void the_register_holds_the_last_known_state_of_a_running_action() {
        process.at(ofSeconds(1), () -> {
            process.work().checkpoint = "row 5";
            process.work().progress = new Progress(5, 0);
        });
        process.start(resumable("0001")).untilTime(ofSeconds(12));
        RunningMigration running = process.state().running();
        assertThat(running.checkpoint()).isEqualTo("row 5");
        assertThat(running.progress()).isEqualTo(new Progress(5, 0));
        assertThat(running.attempt().number()).isEqualTo(1);
        assertThat(running.attempt().deployment()).isEqualTo("d1");
        assertThat(running.lease()).isEqualTo(ScriptedProcess.LEASE);
    }
}
