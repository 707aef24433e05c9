package dev.migrate.internal.protocol;

import static dev.migrate.internal.protocol.ScriptedMigration.plain;
import static dev.migrate.internal.protocol.ScriptedMigration.resumable;
import static dev.migrate.internal.protocol.ScriptedProcess.LEASE;
import static dev.migrate.internal.protocol.ScriptedProcess.NOW;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.protocol.ScriptedStore.Fault;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import org.junit.jupiter.api.Test;

/** What an owner writes when its action has come to an end, and what it makes of a ledger that has moved on meanwhile. */
class ShutdownTest {

    private static final String GET = "GET ledger.json";
    private static final String PUT = "PUT ledger.json";
    private static final MigrationId ONE = MigrationId.of("0001");

    private final ScriptedProcess process = new ScriptedProcess();

    ShutdownTest() {
        process.givenFresh();
    }

    private void stopped() {
        assertThatThrownBy(process::finish).isInstanceOf(RunCancelledException.class);
    }

    /** What others do to the register while the action runs; the action ends with it. */
    private void meanwhile(Runnable others) {
        process.play = work -> {
            process.play = later -> later.ended = true;
            others.run();
            work.ended = true;
        };
    }

    private Attempt mine() {
        return process.state().running().attempt();
    }

    @Test
    void the_receipt_comes_first_and_one_write_completes_and_claims_what_is_next() {
        assertThat(process.start(plain("0001"), plain("0002")).finish().applied())
                .hasSize(2);
        assertThat(process.store.calls).containsExactly(GET, PUT, "CREATE 0001", PUT, "CREATE 0002", PUT);
        assertThat(process.receipt("0001")).contains(process.state().applied().get(0));
        assertThat(process.state().applied().get(0).finishedAt()).isEqualTo(NOW);
        assertThat(process.state().running()).isNull();
    }

    @Test
    void a_process_that_shuts_down_claims_nothing_more() {
        meanwhile(() -> process.store.before("CREATE 0001", () -> process.stopping = true));
        process.start(plain("0001"), plain("0002"));
        stopped();
        assertThat(process.state().applied()).hasSize(1);
        assertThat(process.state().running()).isNull();
        assertThat(process.works).hasSize(1);
        assertThat(process.told(MigrationEvent.Applied.class)).hasSize(1);
    }

    @Test
    void what_is_next_and_has_a_verdict_is_claimed_after_a_look_for_its_receipt() {
        process.change(state ->
                state.claim(attempt("0002", 1, "t", "d0"), LEASE).fail("t", Outcome.FAILED, "boom", NOW, null));
        assertThat(process.start(plain("0001"), plain("0002")).finish().applied())
                .hasSize(2);
        assertThat(process.store.calls)
                .containsExactly(GET, PUT, "CREATE 0001", PUT, "GET 0002", PUT, "CREATE 0002", PUT);
    }

    @Test
    void a_receipt_of_another_process_is_reported_and_counts() {
        meanwhile(() -> new ReceiptRepository(ScriptedProcess.DEV)
                .write(
                        process.objects,
                        new AppliedMigration(attempt("0001", 7, "theirs", "d7"), NOW, null),
                        none -> false));
        assertThat(process.start(plain("0001")).finish().applied()).hasSize(1);
        assertThat(process.notices())
                .containsExactly("The receipt of 0001 M0001 was there before this attempt wrote it: another process"
                        + " also applied the migration.");
        assertThat(process.told(MigrationEvent.Notice.class).get(0).warning()).isTrue();
    }

    @Test
    void a_receipt_that_is_its_own_is_not_mentioned() {
        process.store.faults("CREATE 0001", Fault.DONE_THEN_CONFLICT);
        assertThat(process.start(plain("0001")).finish().applied()).hasSize(1);
        assertThat(process.store.calls).containsExactly(GET, PUT, "CREATE 0001", "GET 0001", PUT);
        assertThat(process.notices()).isEmpty();
    }

    @Test
    void a_receipt_that_vanishes_after_a_conflict_is_written_again() {
        process.store.faults("CREATE 0001", Fault.CONFLICT, Fault.CONFLICT);
        assertThat(process.start(plain("0001")).finish().applied()).hasSize(1);
        assertThat(process.pauses).extracting(pause -> pause.toMillis()).endsWith(100L, 200L);
        assertThat(process.receipt("0001")).isPresent();
    }

    @Test
    void an_owner_whose_receipt_a_waiter_found_has_nothing_left_to_write() {
        process.store.before(
                "CREATE 0001",
                () -> process.store.before(
                        PUT, () -> process.change(state -> state.complete(new AppliedMigration(mine(), NOW, null)))));
        assertThat(process.start(plain("0001")).finish().applied()).hasSize(1);
        assertThat(process.store.calls).containsExactly(GET, PUT, "CREATE 0001", PUT, GET);
        assertThat(process.state().applied()).hasSize(1);
    }

    @Test
    void a_completing_write_that_is_lost_to_another_is_done_again_with_what_is_next() {
        process.store.before(
                "CREATE 0001",
                () -> process.store.before(
                        PUT, () -> process.change(state -> state.heartbeat(mine().token(), null, null))));
        assertThat(process.start(plain("0001"), plain("0002")).finish().applied())
                .hasSize(2);
        assertThat(process.store.calls).containsExactly(GET, PUT, "CREATE 0001", PUT, GET, PUT, "CREATE 0002", PUT);
    }

    @Test
    void the_last_completing_write_is_done_again_too() {
        process.store.before(
                "CREATE 0001",
                () -> process.store.before(
                        PUT, () -> process.change(state -> state.heartbeat(mine().token(), null, null))));
        assertThat(process.start(plain("0001")).finish().applied()).hasSize(1);
        assertThat(process.store.calls).containsExactly(GET, PUT, "CREATE 0001", PUT, GET, PUT);
        assertThat(process.state().running()).isNull();
    }

    @Test
    void a_receipt_ends_no_claim_of_a_later_attempt() {
        process.play = work -> {
            process.change(state -> state.fail(mine().token(), Outcome.INTERRUPTED, "lost", NOW, null)
                    .claim(attempt("0001", 2, "theirs", "d2"), LEASE));
            work.ended = true;
        };
        process.start(plain("0001"))
                .until(() -> !process.told(MigrationEvent.Waiting.class).isEmpty());
        assertThat(mine().token()).isEqualTo("theirs");
        assertThat(process.receipt("0001")).isPresent();
        assertThat(process.told(MigrationEvent.Applied.class)).hasSize(1);
    }

    @Test
    void a_late_owner_that_ended_well_takes_the_verdict_away() {
        meanwhile(() -> process.change(state -> state.fail(mine().token(), Outcome.INTERRUPTED, "lost", NOW, null)));
        assertThat(process.start(plain("0001"), plain("0002")).finish().applied())
                .hasSize(2);
        assertThat(process.state().halted()).isNull();
        assertThat(process.state().applied()).hasSize(2);
    }

    // Verdicts

    @Test
    void a_verdict_that_lost_to_another_write_is_written_again_and_published_once() {
        process.play = work -> {
            process.store.before(PUT, () -> process.change(state -> state.heartbeat(mine().token(), "row 8", null)));
            work.checkpoint = "row 9";
            work.fail(new IllegalStateException("boom"));
        };
        process.start(resumable("0001"))
                .until(() -> !process.told(MigrationEvent.Blocked.class).isEmpty());
        assertThat(process.store.calls).startsWith(GET, PUT, PUT, GET, PUT);
        assertThat(process.state().halted().checkpoint()).isEqualTo("row 9");
        assertThat(process.told(MigrationEvent.AttemptFailed.class))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.verdict()).isEqualTo(process.state().halted());
                    assertThat(told.cause()).hasMessage("boom");
                });
    }

    @Test
    void a_late_owner_mends_the_verdict_on_its_own_attempt() {
        process.play = work -> {
            process.change(state -> state.fail(mine().token(), Outcome.INTERRUPTED, "lost", NOW, null));
            work.fail(new IllegalStateException("boom"));
        };
        process.start(plain("0001"))
                .until(() -> !process.told(MigrationEvent.Blocked.class).isEmpty());
        assertThat(process.state().halted().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(process.state().halted().error()).isEqualTo("java.lang.IllegalStateException: boom");
    }

    @Test
    void a_late_owner_of_a_superseded_attempt_only_logs() {
        process.play = work -> {
            process.change(state -> state.fail(mine().token(), Outcome.INTERRUPTED, "lost", NOW, null)
                    .claim(attempt("0001", 2, "theirs", "d2"), LEASE));
            work.fail(new IllegalStateException("boom"));
        };
        process.start(plain("0001"))
                .until(() -> !process.told(MigrationEvent.Waiting.class).isEmpty());
        assertThat(process.told(MigrationEvent.AttemptFailed.class)).hasSize(1);
        assertThat(mine().token()).isEqualTo("theirs");
        assertThat(process.state().attempts()).singleElement().satisfies(past -> assertThat(past.error())
                .isEqualTo("lost"));
    }

    // A restartable action that goes on although its process must end

    @Test
    void it_is_left_with_its_last_checkpoint_and_no_verdict() {
        process.play = work -> {
            work.checkpoint = "row 7";
            process.stopping = true;
        };
        process.start(resumable("0001"));
        stopped();
        assertThat(process.state().halted()).isNull();
        assertThat(process.state().running().checkpoint()).isEqualTo("row 7");
        assertThat(process.told(MigrationEvent.AttemptFailed.class)).isEmpty();
    }

    @Test
    void its_last_checkpoint_is_written_again_where_that_was_lost_to_another_write() {
        process.play = work -> {
            process.at(ofSeconds(27).minusNanos(1), () -> {
                work.checkpoint = "row 7";
                process.store.before(
                        PUT, () -> process.change(state -> state.heartbeat(mine().token(), "row 1", null)));
            });
            process.stopping = true;
        };
        process.start(resumable("0001"));
        stopped();
        assertThat(process.state().running().checkpoint()).isEqualTo("row 7");
    }

    @Test
    void nothing_is_written_for_it_where_its_claim_is_gone() {
        process.play = work -> {
            work.checkpoint = "row 7";
            process.store.before(
                    PUT,
                    () -> process.change(state -> state.fail(mine().token(), Outcome.INTERRUPTED, "lost", NOW, null)));
            process.stopping = true;
        };
        process.start(resumable("0001"));
        stopped();
        assertThat(process.state().halted().error()).isEqualTo("lost");
        assertThat(process.state().halted().checkpoint()).isNull();
    }

    @Test
    void nor_where_another_process_goes_on_with_it() {
        process.play = work -> {
            work.checkpoint = "row 7";
            process.store.before(
                    PUT,
                    () -> process.change(state -> state.fail(mine().token(), Outcome.INTERRUPTED, "lost", NOW, null)
                            .claim(attempt("0001", 2, "theirs", "d2"), LEASE)));
            process.stopping = true;
        };
        process.start(resumable("0001"));
        stopped();
        assertThat(mine().token()).isEqualTo("theirs");
        assertThat(process.state().running().checkpoint()).isNull();
    }

    @Test
    void an_applied_migration_is_in_the_report_in_the_order_in_which_it_was_applied() {
        assertThat(process.start(plain("0002"), plain("0001")).finish().applied())
                .extracting(AppliedMigration::id)
                .containsExactly(ONE, MigrationId.of("0002"));
    }
}
