package dev.migrate.internal.ledger;

import static dev.migrate.internal.ledger.LedgerJsonTest.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the register remembers of each migration, and that it keeps one apart from another. */
class LedgerHistoryTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant AT = Instant.EPOCH;
    private static final MigrationId ONE = MigrationId.of("0001");
    private static final MigrationId TWO = MigrationId.of("0002");
    private static final LedgerState FRESH = LedgerState.empty(new EnvironmentName("dev"), List.of());
    private static final LedgerState FAILED =
            FRESH.claim(attempt("0001", 4, "t1"), LEASE).fail("t1", Outcome.FAILED, "boom", AT, "row 3");

    private static LedgerState with(LedgerState state, HistoryEntry... more) {
        List<HistoryEntry> attempts = new ArrayList<>(state.attempts());
        attempts.addAll(List.of(more));
        return new LedgerState(
                state.environment(),
                state.revision(),
                state.applied(),
                state.adoptedUpTo(),
                state.running(),
                state.halted(),
                attempts,
                state.unknownFields());
    }

    @Test
    void what_happened_to_one_migration_says_nothing_of_another() {
        assertThat(FAILED.verdict(TWO)).isEmpty();
        assertThat(FAILED.nextAttempt(TWO)).isEqualTo(1);
        assertThat(FAILED.failed(TWO, "d1")).isFalse();
        assertThat(FAILED.nextAttempt(ONE)).isEqualTo(5);
        LedgerState both =
                FAILED.claim(attempt("0002", 1, "t2"), LEASE).fail("t2", Outcome.INTERRUPTED, null, AT, null);
        assertThat(both.verdict(ONE)).get().extracting(BlockingVerdict::outcome).isEqualTo(Outcome.FAILED);
        assertThat(both.verdict(TWO)).get().extracting(BlockingVerdict::outcome).isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void a_word_of_a_later_version_is_kept_and_decides_nothing() {
        HistoryEntry word = new HistoryEntry(attempt("0001", 9, "t9"), "PAUSED", null, AT, null, null, null, null);
        LedgerState state = with(FAILED.claim(attempt("0002", 1, "t2"), LEASE).release("t2"), word);
        assertThat(state.verdict(ONE))
                .get()
                .extracting(BlockingVerdict::outcome)
                .isEqualTo(Outcome.FAILED);
        assertThat(state.failed(ONE, "d1")).isTrue();
        assertThat(state.nextAttempt(ONE)).as("it was no attempt").isEqualTo(5);
        assertThat(state.attempts()).contains(word);
    }

    @Test
    void the_next_attempt_comes_after_the_highest_whatever_the_order() {
        LedgerState state = with(
                FAILED,
                new HistoryEntry(attempt("0001", 7, "t7"), "FAILED", null, AT, null, null, null, null),
                new HistoryEntry(attempt("0001", 2, "t2"), "FAILED", null, AT, null, null, null, null));
        assertThat(state.nextAttempt(ONE)).isEqualTo(8);
    }

    @Test
    void an_operator_does_nothing_while_something_runs() {
        LedgerState running = FAILED.claim(attempt("0002", 1, "t2"), LEASE);
        assertThat(running.verdict(ONE)).isPresent();
        assertThatThrownBy(() -> new OperatorTransitions(AT, null, null).retry(running, ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("running");
        assertThatThrownBy(() -> new OperatorTransitions(AT, null, null).resolve(running, ONE))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_operator_command_on_one_verdict_leaves_the_other_unchanged() {
        LedgerState both = FAILED.claim(attempt("0002", 1, "t2"), LEASE).fail("t2", Outcome.FAILED, null, AT, null);
        LedgerState retried = new OperatorTransitions(AT, null, "mended").retry(both, ONE);
        assertThat(retried.halted()).isEqualTo(both.halted());
        assertThat(retried.verdict(ONE)).isEmpty();
        assertThat(retried.attempts())
                .last()
                .isEqualTo(
                        new HistoryEntry(attempt("0001", 4, "t1"), "RETRY", null, AT, "row 3", null, null, "mended"));
        assertThat(new OperatorTransitions(AT, null, null).resolve(both, ONE).halted())
                .isEqualTo(both.halted());
    }

    @Test
    void a_late_owner_keeps_the_checkpoint_that_the_ledger_knows_unless_it_has_a_later_one() {
        assertThat(FAILED.fail("t1", Outcome.INTERRUPTED, "late", AT, null)
                        .halted()
                        .checkpoint())
                .isEqualTo("row 3");
        assertThat(FAILED.fail("t1", Outcome.INTERRUPTED, "late", AT, "row 4")
                        .halted()
                        .checkpoint())
                .isEqualTo("row 4");
        LedgerState running = FRESH.claim(attempt("0001", 1, "t1"), LEASE).heartbeat("t1", "row 1", null);
        assertThat(running.fail("t1", Outcome.FAILED, null, AT, null).halted().checkpoint())
                .isEqualTo("row 1");
        assertThat(running.fail("t1", Outcome.FAILED, null, AT, "row 2")
                        .halted()
                        .checkpoint())
                .isEqualTo("row 2");
    }

    @Test
    void an_attempt_makes_good_the_verdict_before_it_until_something_else_has_come_of_the_migration() {
        Attempt again = attempt("0001", 5, "t5");
        assertThat(FRESH.previousVerdict(attempt("0001", 1, "t1"))).isEmpty();
        assertThat(FAILED.claim(again, LEASE).previousVerdict(again)).contains(FAILED.halted());
        assertThat(FAILED.claim(attempt("0002", 1, "t2"), LEASE).previousVerdict(attempt("0002", 1, "t2")))
                .as("another migration's")
                .isEmpty();

        LedgerState allowed = new OperatorTransitions(AT, null, "mended").retry(FAILED, ONE);
        assertThat(allowed.previousVerdict(again)).as("allowed by an operator").contains(FAILED.halted());

        LedgerState done = FAILED.claim(again, LEASE).complete(new AppliedMigration(again, AT, null));
        Attempt reverting = reverting(6, "t6");
        assertThat(done.previousVerdict(reverting))
                .as("of doing it, not of reverting it")
                .isEmpty();
        LedgerState stuck = done.claim(reverting, LEASE).fail("t6", Outcome.FAILED, "glued", AT, null);
        assertThat(stuck.claim(reverting(7, "t7"), LEASE).previousVerdict(reverting(7, "t7")))
                .contains(stuck.halted());
        LedgerState reverted = new OperatorTransitions(AT, null, null)
                .revert(stuck.claim(reverting(7, "t7"), LEASE), reverting(7, "t7"));
        assertThat(reverted.previousVerdict(attempt("0001", 8, "t8")))
                .as("reverted since")
                .isEmpty();

        LedgerState resolved = new OperatorTransitions(AT, null, null).resolve(FAILED, ONE);
        assertThat(resolved.previousVerdict(reverting)).as("decided upon").isEmpty();
    }

    @Test
    void a_revert_covers_the_attempts_up_to_the_applied_one_and_no_later_one() {
        AppliedMigration first = new AppliedMigration(attempt("0001", 1, "t1"), AT, null);
        AppliedMigration second = new AppliedMigration(attempt("0001", 2, "t2"), AT, null);
        AppliedMigration third = new AppliedMigration(attempt("0001", 3, "t3"), AT, null);
        LedgerState applied = FRESH.claim(second.attempt(), LEASE).complete(second);
        assertThat(applied.isReverted(second)).as("nothing was reverted").isFalse();

        LedgerState pending = new OperatorTransitions(AT, null, "again").retry(applied, ONE);
        assertThat(pending.isReverted(first)).as("an earlier attempt").isTrue();
        assertThat(pending.isReverted(second))
                .as("the attempt that was taken back")
                .isTrue();
        assertThat(pending.isReverted(third)).as("an attempt since").isFalse();
        assertThat(pending.isReverted(new AppliedMigration(attempt("0002", 2, "t2"), AT, null)))
                .as("another migration")
                .isFalse();
        Attempt byHand = new Attempt(ONE, null, 1, null, null, null, null, false, Map.of());
        assertThat(pending.isReverted(new AppliedMigration(byHand, null, null)))
                .as("no attempt that is known")
                .isFalse();

        LedgerState reverted = new OperatorTransitions(AT, null, null)
                .revert(applied.claim(reverting(3, "t3"), LEASE), reverting(3, "t3"));
        assertThat(reverted.isReverted(third))
                .as("an attempt of the number that reverted it")
                .isTrue();
        assertThat(reverted.isReverted(new AppliedMigration(attempt("0001", 4, "t4"), AT, null)))
                .as("an attempt since")
                .isFalse();
    }

    private static Attempt reverting(int number, String token) {
        Attempt of = attempt("0001", number, token);
        return new Attempt(
                of.id(),
                of.name(),
                number,
                token,
                of.startedAt(),
                of.deployment(),
                of.owner(),
                true,
                of.unknownFields());
    }

    @Test
    void progress_is_not_negative_nor_beyond_its_end() {
        assertThat(new Progress(0, 0)).hasToString("0");
        assertThat(new Progress(7, 0)).hasToString("7");
        assertThat(new Progress(0, 1)).hasToString("0 of 1");
        assertThat(new Progress(9, 9)).hasToString("9 of 9");
        for (long[] bad : new long[][] {{-1, 0}, {0, -1}, {10, 9}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Progress(bad[0], bad[1]))
                    .withMessageContaining(bad[0] + " of " + bad[1]);
        }
    }

    @Test
    void people_read_who_it_was_and_what() {
        assertThat(new Owner("host", 7, null)).hasToString("host, process 7");
        assertThat(new Owner("host", 7, "arn:task")).hasToString("arn:task");
        assertThat(attempt("0001", 1, "t").displayName()).isEqualTo("0001 Name0001");
        assertThat(new Attempt(ONE, null, 1, "t", null, null, null, false, Map.of()).displayName())
                .isEqualTo("0001");
    }
}
