package dev.migrate.internal.ledger;

import static dev.migrate.internal.ledger.LedgerJsonTest.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LedgerStateTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant AT = Instant.EPOCH;
    private static final MigrationId ONE = MigrationId.of("0001");
    private static final LedgerState FRESH = LedgerState.empty(new EnvironmentName("dev"), List.of());
    private static final LedgerState RUNNING = FRESH.claim(attempt("0001", 1, "t1"), LEASE);
    private static final LedgerState FAILED = RUNNING.fail("t1", Outcome.FAILED, "boom", AT, "row 3");

    private static void refused(ThrowingCallable transition) {
        assertThatThrownBy(transition).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void one_migration_is_claimed_at_a_time_and_never_an_applied_one() {
        refused(() -> RUNNING.claim(attempt("0002", 1, "t2"), LEASE));
        LedgerState applied = RUNNING.complete(new AppliedMigration(attempt("0001", 1, "t1"), AT, null));
        refused(() -> applied.claim(attempt("0001", 2, "t2"), LEASE));
        refused(() -> applied.claim(attempt("00001", 2, "t2"), LEASE));
        assertThat(applied.applied(ONE)).isPresent();
        assertThat(applied.running()).isNull();
    }

    @Test
    void only_the_owner_beats_halts_and_releases() {
        refused(() -> RUNNING.heartbeat("other", null, null));
        refused(() -> RUNNING.release("other"));
        refused(() -> RUNNING.fail("other", Outcome.FAILED, null, AT, null));
        refused(() -> FRESH.heartbeat("t1", null, null));
        assertThat(RUNNING.heartbeat("t1", "row 9", null).running().heartbeat()).isEqualTo(1);
        assertThat(RUNNING.release("t1")).isEqualTo(FRESH);
    }

    @Test
    void a_new_attempt_takes_the_checkpoint_along_and_moves_the_verdict_to_the_past() {
        assertThat(FAILED.nextAttempt(ONE)).isEqualTo(2);
        LedgerState again = FAILED.claim(attempt("0001", 2, "t2"), LEASE);
        assertThat(again.running().checkpoint()).isEqualTo("row 3");
        assertThat(again.halted()).isNull();
        assertThat(again.attempts()).extracting(HistoryEntry::type).containsExactly("FAILED");
        LedgerState interrupted = again.fail("t2", Outcome.INTERRUPTED, null, AT, null);
        assertThat(interrupted.halted().checkpoint()).isEqualTo("row 3");
        assertThat(interrupted.nextAttempt(ONE)).isEqualTo(3);
    }

    @Test
    void a_verdict_that_the_ledger_went_on_without_is_kept_and_an_operator_can_still_act_on_it() {
        LedgerState gone = FAILED.claim(attempt("0002", 1, "t2"), LEASE)
                .complete(new AppliedMigration(attempt("0002", 1, "t2"), AT, null));
        assertThat(gone.halted()).isNull();
        assertThat(gone.verdict(ONE)).get().extracting(BlockingVerdict::outcome).isEqualTo(Outcome.FAILED);
        assertThat(new OperatorTransitions(AT, null, null).retry(gone, ONE).verdict(ONE))
                .isEmpty();
        assertThat(new OperatorTransitions(AT, null, null).resolve(gone, ONE).applied(ONE))
                .isPresent();
    }

    @Test
    void a_verdict_is_over_when_a_later_attempt_applied_the_migration() {
        AppliedMigration done = new AppliedMigration(attempt("0001", 2, "t2"), AT, null);
        LedgerState applied = FAILED.claim(attempt("0001", 2, "t2"), LEASE).complete(done);
        assertThat(applied.verdict(ONE)).isEmpty();
        assertThat(applied.attempts()).extracting(HistoryEntry::type).containsExactly("FAILED");
        refused(() -> new OperatorTransitions(AT, null, null).resolve(applied, ONE));
    }

    @Test
    void a_late_owner_mends_the_verdict_on_its_own_attempt_alone() {
        LedgerState judged = RUNNING.fail("t1", Outcome.INTERRUPTED, "no heartbeat", AT, null);
        assertThat(judged.fail("t1", Outcome.FAILED, "boom", AT, null).halted().outcome())
                .isEqualTo(Outcome.FAILED);
        refused(() -> judged.fail("t2", Outcome.FAILED, "boom", AT, null));
    }

    @Test
    void a_receipt_ends_the_claim_or_the_verdict_of_its_migration_but_no_other_attempt() {
        AppliedMigration done = new AppliedMigration(attempt("0001", 1, "t1"), AT, null);
        assertThat(RUNNING.fail("t1", Outcome.INTERRUPTED, null, AT, null).complete(done))
                .isEqualTo(RUNNING.complete(done));
        refused(() -> RUNNING.complete(done).complete(done));
        LedgerState second = FAILED.claim(attempt("0001", 2, "t2"), LEASE);
        assertThat(second.runsElsewhere(done)).isTrue();
        refused(() -> second.complete(done));
        LedgerState other = FAILED.complete(new AppliedMigration(attempt("0001", 2, "t9"), AT, null));
        assertThat(other.attempts()).extracting(HistoryEntry::type).containsExactly("FAILED");
    }

    @Test
    void an_operator_lets_a_verdict_go_or_says_that_it_is_done() {
        LedgerState retry = new OperatorTransitions(AT, null, "mended by hand").retry(FAILED, ONE);
        assertThat(retry.halted()).isNull();
        assertThat(retry.verdict(ONE)).isEmpty();
        assertThat(retry.failed(ONE, "d1")).isFalse();
        assertThat(FAILED.failed(ONE, "d1")).isTrue();
        assertThat(FAILED.failed(ONE, "d2")).isFalse();
        assertThat(retry.nextAttempt(ONE)).isEqualTo(2);
        LedgerState resolved = new OperatorTransitions(AT, null, null).resolve(FAILED, ONE);
        assertThat(resolved.applied(ONE)).isPresent();
        assertThat(resolved.attempts()).extracting(HistoryEntry::type).containsExactly("FAILED", "RESOLVE");
        refused(() -> new OperatorTransitions(AT, null, null).retry(RUNNING, ONE));
        refused(() -> new OperatorTransitions(AT, null, null).retry(FRESH, ONE));
        refused(() -> new OperatorTransitions(AT, null, null).resolve(FRESH, ONE));
    }

    @Test
    void a_restart_loop_makes_nothing_grow_and_forgets_nothing_that_decides() {
        LedgerState loop = FRESH;
        for (int n = 1; n <= 50; n++) {
            loop = loop.claim(attempt("0001", loop.nextAttempt(ONE), "t" + n), LEASE)
                    .fail("t" + n, n % 2 == 0 ? Outcome.FAILED : Outcome.INTERRUPTED, "boom", AT, "row " + n);
        }
        assertThat(loop.attempts()).hasSize(2);
        assertThat(loop.nextAttempt(ONE)).isEqualTo(51);
        assertThat(loop.failed(ONE, "d1")).isTrue();
        LedgerState gone = loop.claim(attempt("0002", 1, "x"), LEASE);
        assertThat(gone.verdict(ONE))
                .get()
                .extracting(BlockingVerdict::checkpoint)
                .isEqualTo("row 50");
        assertThat(gone.attempts())
                .extracting(HistoryEntry::checkpoint)
                .containsOnlyOnce("row 50")
                .contains((String) null);
        LedgerState allowed = new OperatorTransitions(AT, null, null).retry(loop, ONE);
        LedgerState again = allowed.claim(attempt("0001", 51, "y"), LEASE).fail("y", Outcome.FAILED, null, AT, null);
        assertThat(again.claim(attempt("0001", 52, "z"), LEASE).attempts())
                .extracting(HistoryEntry::type)
                .as("what was before an operator's act is another story")
                .containsExactly("INTERRUPTED", "FAILED", "RETRY", "FAILED");
    }
}
