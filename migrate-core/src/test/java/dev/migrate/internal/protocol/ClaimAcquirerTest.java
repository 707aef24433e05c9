package dev.migrate.internal.protocol;

import static dev.migrate.internal.protocol.ScriptedMigration.plain;
import static dev.migrate.internal.protocol.ScriptedMigration.resumable;
import static dev.migrate.internal.protocol.ScriptedProcess.LEASE;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.protocol.ScriptedStore.Fault;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From deciding on a migration to the start of its action, with all that can come between. */
class ClaimAcquirerTest {

    private static final String PUT = "PUT ledger.json";

    private final ScriptedProcess process = new ScriptedProcess();

    ClaimAcquirerTest() {
        process.givenFresh();
    }

    private void stopped() {
        assertThatThrownBy(process::finish).isInstanceOf(RunCancelledException.class);
    }

    /** A listener takes a while over being told that an action starts. */
    private void listenerTakes(Duration time) {
        process.listener = event -> {
            if (event instanceof MigrationEvent.Started) {
                process.nanos += time.toNanos();
            }
        };
    }

    @Test
    void a_claim_costs_one_write_and_the_action_starts_on_it() {
        process.start(plain("0001")).until(() -> !process.works.isEmpty());
        assertThat(process.store.calls).containsExactly("GET ledger.json", PUT);
        assertThat(process.told(MigrationEvent.Started.class)).singleElement().satisfies(started -> assertThat(
                        started.attempt())
                .isEqualTo(process.state().running().attempt()));
        assertThat(process.state().running().attempt().startedAt()).isEqualTo(ScriptedProcess.NOW);
        assertThat(process.state().running().attempt().name()).isEqualTo("M0001");
    }

    @Test
    void a_claim_that_another_process_was_quicker_with_starts_nothing_here() {
        process.store.before(
                PUT, () -> process.change(state -> state.claim(attempt("0001", 1, "theirs", "d1"), LEASE)));
        process.at(ofSeconds(30), () -> {
            process.putReceipt("0001");
            process.change(
                    state -> state.complete(new AppliedMigration(state.running().attempt(), null, null)));
        });
        assertThat(process.start(plain("0001")).finish().applied()).isEmpty();
        assertThat(process.works).isEmpty();
        assertThat(process.told(MigrationEvent.Started.class)).isEmpty();
        assertThat(process.told(MigrationEvent.Waiting.class)).hasSize(1);
    }

    @Test
    void a_claim_whose_answer_is_lost_is_found_and_counts_from_before_it_was_sent() {
        process.store.faults(PUT, Fault.ANSWER_LOST);
        process.store.before("GET ledger.json", () -> {});
        process.store.before("GET ledger.json", () -> process.nanos += LEASE.toNanos());
        process.start(plain("0001")).until(() -> !process.works.isEmpty());
        assertThat(process.store.calls)
                .as("it is as old as its lease, so it is made sure of by one more write")
                .containsExactly("GET ledger.json", PUT, "GET ledger.json", PUT);
    }

    @Test
    void a_claim_that_is_younger_than_its_lease_needs_no_more() {
        listenerTakes(LEASE.minusNanos(1));
        process.start(plain("0001")).until(() -> !process.works.isEmpty());
        assertThat(process.store.calls).containsExactly("GET ledger.json", PUT);
    }

    @Test
    void a_claim_that_is_as_old_as_its_lease_is_made_sure_of_before_the_action_starts() {
        listenerTakes(LEASE);
        process.start(plain("0001")).until(() -> !process.works.isEmpty());
        assertThat(process.store.calls).containsExactly("GET ledger.json", PUT, PUT);
        assertThat(process.state().running().heartbeat()).isEqualTo(1);
        assertThat(process.finish().applied()).hasSize(1);
    }

    @Test
    void the_claim_is_confirmed_again_if_another_write_left_it_in_place() {
        process.listener = event -> {
            if (event instanceof MigrationEvent.Started) {
                process.nanos += LEASE.toNanos();
                process.store.before(
                        PUT,
                        () -> process.change(state ->
                                state.heartbeat(state.running().attempt().token(), "by somebody else", null)));
            }
        };
        process.start(resumable("0001")).until(() -> !process.works.isEmpty());
        assertThat(process.store.calls).containsExactly("GET ledger.json", PUT, PUT, "GET ledger.json", PUT);
        assertThat(process.work().checkpoint).isEqualTo("by somebody else");
    }

    @Test
    void nothing_starts_on_a_claim_that_is_gone_when_it_is_made_sure_of() {
        process.listener = event -> {
            if (event instanceof MigrationEvent.Started) {
                process.nanos += LEASE.toNanos();
                process.change(state -> state.fail(
                        state.running().attempt().token(), Outcome.INTERRUPTED, "lost", ScriptedProcess.NOW, null));
            }
        };
        process.start(plain("0001"))
                .until(() -> !process.told(MigrationEvent.Blocked.class).isEmpty());
        assertThat(process.works).isEmpty();
    }

    @Test
    void a_process_that_shuts_down_while_it_claims_releases_the_claim() {
        process.store.before(PUT, () -> process.stopping = true);
        process.start(plain("0001"));
        stopped();
        assertThat(process.works).isEmpty();
        assertThat(process.told(MigrationEvent.Started.class)).isEmpty();
        assertThat(process.state().running()).isNull();
        assertThat(process.state().nextAttempt(plain("0001").id())).isEqualTo(1);
    }

    @Test
    void a_process_that_shuts_down_while_it_notifies_its_listener_releases_the_claim() {
        process.listener = event -> process.stopping |= event instanceof MigrationEvent.Started;
        process.start(plain("0001"));
        stopped();
        assertThat(process.works).isEmpty();
        assertThat(process.state().running()).isNull();
    }

    @Test
    void a_claim_whose_answer_is_lost_is_released_too() {
        process.store.faults(PUT, Fault.ANSWER_LOST);
        process.store.before(PUT, () -> process.stopping = true);
        process.start(plain("0001"));
        stopped();
        assertThat(process.store.calls).containsExactly("GET ledger.json", PUT, "GET ledger.json", PUT);
        assertThat(process.works).isEmpty();
        assertThat(process.state().running()).isNull();
    }

    @Test
    void a_claim_that_never_arrived_leaves_nothing_to_take_back() {
        process.store.faults(PUT, Fault.NOT_SENT);
        process.store.before(PUT, () -> process.stopping = true);
        process.start(plain("0001"));
        stopped();
        assertThat(process.store.calls).containsExactly("GET ledger.json", PUT, "GET ledger.json");
        assertThat(process.state().running()).isNull();
    }

    @Test
    void the_release_of_a_claim_is_retried_until_the_claim_is_gone() {
        process.store.before(PUT, () -> process.stopping = true);
        process.store.before(
                PUT,
                () -> process.change(
                        state -> state.heartbeat(state.running().attempt().token(), null, null)));
        process.start(plain("0001"));
        stopped();
        assertThat(process.state().running()).isNull();
        assertThat(process.store.calls).containsExactly("GET ledger.json", PUT, PUT, "GET ledger.json", PUT);
    }

    @Test
    void a_claim_that_another_process_ended_is_not_released() {
        process.store.before(PUT, () -> process.stopping = true);
        process.store.before(
                PUT,
                () -> process.change(state -> state.fail(
                        state.running().attempt().token(), Outcome.INTERRUPTED, "lost", ScriptedProcess.NOW, null)));
        process.start(plain("0001"));
        stopped();
        assertThat(process.state().halted().error()).isEqualTo("lost");
    }

    @Test
    void a_ledger_that_refuses_a_claim_ends_the_start_where_that_is_wanted() {
        process.onFailure = RunnerSettings.OnFailure.EXIT;
        process.store.faults(PUT, Fault.DENIED);
        process.start(plain("0001"));
        assertThatThrownBy(process::finish)
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("denied");
        assertThat(process.works).isEmpty();
    }

    @Test
    void and_is_asked_again_where_not() {
        process.store.faults(PUT, Fault.DENIED);
        assertThat(process.start(plain("0001")).finish().applied()).hasSize(1);
        assertThat(process.told(MigrationEvent.Blocked.class))
                .singleElement()
                .satisfies(told -> assertThat(told.block().action()).isEqualTo("Mend the policy."));
    }
}
