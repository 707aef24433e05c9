package dev.migrate.internal.protocol;

import static dev.migrate.internal.protocol.ScriptedMigration.named;
import static dev.migrate.internal.protocol.ScriptedMigration.plain;
import static dev.migrate.internal.protocol.ScriptedMigration.rerunnable;
import static dev.migrate.internal.protocol.ScriptedProcess.LEASE;
import static dev.migrate.internal.protocol.ScriptedProcess.NOW;
import static dev.migrate.internal.protocol.ScriptedProcess.applied;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.OperatorTransitions;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.protocol.ScriptedStore.Fault;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.store.ReadResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The beginning of a start: what it finds, what it says of it, and what it decides. */
class StartupProtocolTest {

    private final ScriptedProcess process = new ScriptedProcess();

    private static LedgerState interrupted(LedgerState state, String id, String token, String deployment) {
        return state.claim(attempt(id, 1, token, deployment), LEASE)
                .fail(token, Outcome.INTERRUPTED, "no heartbeat", NOW, null);
    }

    private static LedgerState failed(LedgerState state, String id, String token, String deployment) {
        return state.claim(attempt(id, state.nextAttempt(MigrationId.of(id)), token, deployment), LEASE)
                .fail(token, Outcome.FAILED, "boom", NOW, null);
    }

    private void blocked() {
        process.until(() -> !process.told(MigrationEvent.Blocked.class).isEmpty());
    }

    private BlockedStart block() {
        return process.told(MigrationEvent.Blocked.class).get(0).block();
    }

    @Test
    void a_start_reports_the_ledger_its_migrations_and_the_elapsed_time() {
        process.given(state -> state.complete(applied("0001")));
        process.nanos = 77;
        process.play = work -> process.at(ofSeconds(3), () -> work.ended = true);
        MigrationReport report =
                process.start(plain("0001"), plain("0003"), plain("0002")).finish();
        assertThat(process.told(MigrationEvent.RunStarted.class))
                .containsExactly(
                        new MigrationEvent.RunStarted(List.of(MigrationId.of("0002"), MigrationId.of("0003")), 1));
        assertThat(report.applied())
                .extracting(AppliedMigration::id)
                .containsExactly(MigrationId.of("0002"), MigrationId.of("0003"));
        assertThat(report.total()).isEqualTo(3);
        assertThat(report.elapsed()).isEqualTo(ofSeconds(3).minusNanos(77));
        assertThat(process.told(MigrationEvent.Completed.class)).containsExactly(new MigrationEvent.Completed(report));
        assertThat(process.told(MigrationEvent.Applied.class))
                .extracting(told -> told.applied())
                .isEqualTo(report.applied());
        assertThat(process.notices()).isEmpty();
    }

    @Test
    void a_process_that_shuts_down_while_it_reads_starts_nothing() {
        process.givenFresh();
        process.store.before("GET ledger.json", () -> process.stopping = true);
        process.start(plain("0001"));
        assertThatThrownBy(process::finish).isInstanceOf(RunCancelledException.class);
        assertThat(process.store.calls).containsExactly("GET ledger.json");
    }

    // Adopting receipts

    @Test
    void receipts_without_a_register_are_adopted_with_their_content_and_reported() {
        process.putReceipt("0001");
        process.putReceipt("0007");
        assertThat(process.start(plain("0001"), plain("0007")).finish().applied())
                .isEmpty();
        assertThat(process.state().applied())
                .containsExactly(
                        new AppliedMigration(bare("0001"), null, null), new AppliedMigration(bare("0007"), null, null));
        assertThat(process.notices())
                .singleElement()
                .asString()
                .contains("0001, 0007 are status files", "Everything up to 0007 counts as applied");
        assertThat(process.told(MigrationEvent.Notice.class).get(0).warning()).isTrue();
    }

    private static Attempt bare(String id) {
        return new Attempt(MigrationId.of(id), null, 0, null, null, null, null, false, Map.of());
    }

    @Test
    void a_receipt_that_goes_away_while_it_is_adopted_is_looked_for_again() {
        process.putReceipt("0001");
        process.store.before(
                "GET 0001",
                () -> process.objects.delete(
                        "odin-dev/0001", ((ReadResult.Found) process.objects.read("odin-dev/0001")).version()));
        assertThat(process.start(plain("0001")).finish().applied()).hasSize(1);
        assertThat(process.store.calls)
                .filteredOn(call -> call.startsWith("LIST"))
                .hasSize(2);
    }

    @Test
    void a_process_that_lost_the_adoption_reports_none() {
        process.putReceipt("0001");
        process.store.before("CREATE ledger.json", () -> {
            ScriptedProcess first = new ScriptedProcess(process.objects);
            assertThat(first.start().finish().applied()).isEmpty();
            process.change(state -> state.complete(applied("0002")));
        });
        assertThat(process.start(plain("0001")).finish().applied()).isEmpty();
        assertThat(process.notices()).noneMatch(notice -> notice.contains("counts as applied"));
    }

    @Test
    void a_ledger_with_neither_says_nothing_of_adopting() {
        assertThat(process.start().finish().applied()).isEmpty();
        assertThat(process.notices()).isEmpty();
    }

    // What is said of what was found

    @Test
    void what_is_out_of_order_is_said_and_runs() {
        process.given(state -> state.complete(applied("0005")));
        assertThat(process.start(plain("0003"), plain("0005")).finish().applied())
                .hasSize(1);
        assertThat(process.notices())
                .containsExactly("Out of order: 0003 M0003 (played.M0003) is pending although 0005 M0005 is applied."
                        + " It runs all the same.");
        assertThat(process.told(MigrationEvent.Notice.class).get(0).warning()).isTrue();
    }

    @Test
    void what_is_out_of_order_is_refused_before_anything_runs_where_that_is_wanted() {
        process.given(state -> state.complete(applied("0005")));
        process.outOfOrder = RunnerSettings.OutOfOrder.REFUSE;
        process.start(plain("0002"), plain("0003"), plain("0004"), plain("0005"), plain("0006"));
        assertThatThrownBy(process::finish)
                .isInstanceOf(MigrationDefinitionException.class)
                .hasMessage("Out of order: 0002 M0002 (played.M0002) and 2 more are pending although 0005 M0005 is"
                        + " applied. Nothing was run.");
        assertThat(process.works).isEmpty();
    }

    @Test
    void a_verdict_on_a_missing_class_is_reported_and_kept_if_nothing_is_pending() {
        process.given(state -> interrupted(state, "0001", "t", "d0"));
        assertThat(process.start().finish().applied()).isEmpty();
        assertThat(process.notices())
                .singleElement()
                .asString()
                .contains("0001 M0001 was INTERRUPTED", "no such migration", "left as it is");
        assertThat(process.told(MigrationEvent.Notice.class).get(0).warning()).isTrue();
        assertThat(process.state().halted()).isNotNull();
    }

    @Test
    void a_verdict_on_a_present_class_is_reported_only_as_a_block() {
        process.given(state -> interrupted(state, "0001", "t", "d0"));
        process.start(plain("0001"));
        blocked();
        assertThat(process.notices()).isEmpty();
    }

    @Test
    void an_older_build_reports_that_the_ledger_is_ahead() {
        process.given(state -> state.complete(applied("0001")).complete(applied("0002")));
        assertThat(process.start(plain("0001")).finish().applied()).isEmpty();
        assertThat(process.notices()).singleElement().asString().contains("ahead of this build", "0002 M0002");
        assertThat(process.told(MigrationEvent.Notice.class).get(0).warning()).isFalse();
    }

    // Verdicts

    @Test
    void a_failed_migration_blocks_its_own_deployment_and_says_who_and_what_and_the_way_out() {
        process.given(state -> failed(state, "0001", "t", "d1"));
        process.start(plain("0001"));
        blocked();
        assertThat(block().description())
                .isEqualTo("Migration 0001 M0001 of environment odin-dev failed (attempt 1, deployment d1, owner there,"
                        + " process 2): boom.");
        assertThat(block().action()).contains("other than d1, retries the migration", "MIGRATE_COMMAND='resolve 0001'");
        assertThat(block().verdict()).isEqualTo(process.state().halted());
        assertThat(process.works).isEmpty();
    }

    @Test
    void a_blocked_process_polls_every_half_lease_and_at_least_every_30_seconds() {
        process.given(state -> failed(state, "0001", "t", "d1"));
        process.start(plain("0001")).untilTime(ofSeconds(100));
        assertThat(process.pauses).containsOnly(ofSeconds(30));

        ScriptedProcess quick = new ScriptedProcess(process.objects);
        quick.lease = ofSeconds(10);
        quick.start(plain("0001")).untilTime(ofSeconds(100));
        assertThat(quick.pauses).containsOnly(ofSeconds(5));

        ScriptedProcess slow = new ScriptedProcess(process.objects);
        slow.lease = ofSeconds(600);
        slow.start(plain("0001")).untilTime(ofSeconds(100));
        assertThat(slow.pauses).containsOnly(ofSeconds(30));
    }

    @Test
    void a_block_is_published_again_every_five_minutes() {
        process.given(state -> failed(state, "0001", "t", "d1"));
        process.start(plain("0001")).untilTime(ofSeconds(299));
        assertThat(process.told(MigrationEvent.Blocked.class)).hasSize(1);
        process.untilTime(ofSeconds(599));
        assertThat(process.told(MigrationEvent.Blocked.class)).hasSize(2);
    }

    @Test
    void a_blocked_process_polls_for_the_receipt_and_resumes_when_it_exists() {
        process.given(state -> interrupted(state, "0001", "t", "d1"));
        process.at(ofSeconds(70), () -> process.putReceipt("0001"));
        assertThat(process.start(plain("0001"), plain("0002")).finish().applied())
                .extracting(AppliedMigration::id)
                .containsExactly(MigrationId.of("0002"));
        assertThat(process.nanos).isEqualTo(ofSeconds(90).toNanos());
        assertThat(process.notices()).containsExactly("0001 M0001 counts as applied: its receipt is there.");
        assertThat(process.told(MigrationEvent.Notice.class).get(0).warning()).isTrue();
        assertThat(process.state().applied(MigrationId.of("0001")))
                .get()
                .as("a receipt that tells nothing is of the attempt that the ledger knew")
                .extracting(done -> done.attempt().token())
                .isEqualTo("t");
    }

    @Test
    void a_receipt_of_another_attempt_counts() {
        process.given(state -> interrupted(state, "0001", "t", "d1"));
        AppliedMigration theirs = new AppliedMigration(attempt("0001", 5, "theirs", "d9"), NOW, null);
        new ReceiptRepository(ScriptedProcess.DEV).write(process.objects, theirs, none -> false);
        assertThat(process.start(plain("0001")).finish().applied()).isEmpty();
        assertThat(process.state().applied(MigrationId.of("0001"))).contains(theirs);
    }

    @Test
    void a_blocked_process_resumes_when_the_verdict_is_gone() {
        process.given(state -> interrupted(state, "0001", "t", "d1"));
        process.at(
                ofSeconds(70),
                () -> process.change(
                        state -> new OperatorTransitions(NOW, null, "by hand").retry(state, MigrationId.of("0001"))));
        assertThat(process.start(plain("0001")).finish().applied()).hasSize(1);
        assertThat(process.nanos).isEqualTo(ofSeconds(90).toNanos());
    }

    @Test
    void a_blocked_process_shuts_down_at_once() {
        process.given(state -> interrupted(state, "0001", "t", "d1"));
        process.at(ofSeconds(70), () -> process.stopping = true);
        process.start(plain("0001"));
        assertThatThrownBy(process::finish).isInstanceOf(RunCancelledException.class);
        assertThat(process.nanos).isEqualTo(ofSeconds(70).toNanos());
    }

    @Test
    void with_on_failure_exit_a_verdict_ends_the_start() {
        process.given(state -> interrupted(state, "0001", "t", "d1"));
        process.onFailure = RunnerSettings.OnFailure.EXIT;
        process.start(plain("0001"));
        assertThatThrownBy(process::finish)
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("0001 M0001")
                .hasMessageContaining("How much of it ran is unknown");
        assertThat(process.told(MigrationEvent.Blocked.class))
                .as("for the log and the alarms")
                .hasSize(1);
    }

    @Test
    void another_deployment_starts_a_failed_migration_again_after_looking_for_its_receipt() {
        process.given(state -> failed(state, "0001", "t", "d0"));
        process.start(plain("0001")).until(() -> !process.works.isEmpty());
        assertThat(process.store.calls).containsExactly("GET ledger.json", "GET 0001", "PUT ledger.json");
        assertThat(process.state().running().attempt().number()).isEqualTo(2);
        assertThat(process.finish().applied()).hasSize(1);
    }

    @Test
    void an_operators_retry_does_not_hide_a_receipt() {
        process.given(state -> new OperatorTransitions(NOW, null, null)
                .retry(interrupted(state, "0001", "t", "d1"), MigrationId.of("0001")));
        process.putReceipt("0001");
        assertThat(process.start(plain("0001")).finish().applied()).isEmpty();
        assertThat(process.works).isEmpty();
        assertThat(process.state().applied()).hasSize(1);
    }

    @Test
    void what_a_receipt_says_is_written_again_where_that_write_was_lost_to_another() {
        process.given(state -> interrupted(state, "0001", "t", "d1"));
        process.putReceipt("0001");
        process.store.before("PUT ledger.json", () -> process.change(state -> state.complete(applied("0002"))));
        assertThat(process.start(plain("0001")).finish().applied()).isEmpty();
        assertThat(process.notices()).as("said once").hasSize(1);
        assertThat(process.state().applied()).hasSize(2);
    }

    @Test
    void another_deployment_skips_a_verdict_on_a_missing_class_and_reports_it() {
        process.given(state -> interrupted(state, "0001", "t", "d0"));
        assertThat(process.start(plain("0002")).finish().applied()).hasSize(1);
        assertThat(process.notices())
                .containsExactly("0001 M0001 was INTERRUPTED and this build has no such migration: it is given up, and"
                        + " 0002 runs. Should it come back, its verdict counts again.");
        assertThat(process.told(MigrationEvent.Notice.class).get(0).warning()).isTrue();
        assertThat(process.state().verdict(MigrationId.of("0001"))).isPresent();
    }

    @Test
    void nothing_is_given_up_where_the_class_is_there() {
        process.given(state -> failed(state, "0001", "t", "d0"));
        assertThat(process.start(plain("0001")).finish().applied()).hasSize(1);
        assertThat(process.notices()).isEmpty();
    }

    @Test
    void a_class_that_would_never_run_is_refused_before_any_event() {
        process.given(state -> state.complete(applied("0001")));
        process.start(named("0001", "Renamed"));
        assertThatThrownBy(process::finish)
                .isInstanceOf(MigrationDefinitionException.class)
                .hasMessageContaining("'M0001' is applied already")
                .hasMessageContaining("'Renamed' would never run");
        assertThat(process.told(MigrationEvent.RunStarted.class)).isEmpty();
    }

    // A ledger that gives no answer

    @Test
    void a_store_that_does_not_answer_is_asked_again_with_growing_pauses() {
        process.givenFresh();
        Fault[] many = new Fault[12];
        Arrays.fill(many, Fault.NOT_SENT);
        process.store.faults("GET ledger.json", many);
        assertThat(process.start().finish().applied()).isEmpty();
        assertThat(process.pauses)
                .extracting(Duration::toMillis)
                .containsExactly(
                        100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 15_000L, 15_000L, 15_000L, 15_000L);
        assertThat(process.told(MigrationEvent.LedgerUnreachable.class))
                .as("said at once and once a minute")
                .hasSize(2);
    }

    @Test
    void a_store_that_refuses_is_asked_again_every_half_minute_and_the_pauses_begin_anew() {
        process.givenFresh();
        process.store.faults(
                "GET ledger.json", Fault.NOT_SENT, Fault.NOT_SENT, Fault.DENIED, Fault.DENIED, Fault.NOT_SENT);
        assertThat(process.start().finish().applied()).isEmpty();
        assertThat(process.pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 30_000L, 30_000L, 100L);
        assertThat(process.told(MigrationEvent.Blocked.class)).singleElement().satisfies(told -> assertThat(
                        told.block().description())
                .isEqualTo("The ledger cannot be used. denied."));
    }

    @Test
    void waiting_for_a_store_ends_at_once_on_shutdown() {
        process.store.down = true;
        process.at(ofSeconds(20), () -> process.stopping = true);
        process.start(rerunnable("0001"));
        assertThatThrownBy(process::finish).isInstanceOf(RunCancelledException.class);
        assertThat(process.nanos).isEqualTo(ofSeconds(20).toNanos());
    }
}
