package dev.migrate.internal.plan;

import static dev.migrate.internal.protocol.ScriptedMigration.named;
import static dev.migrate.internal.protocol.ScriptedMigration.plain;
import static dev.migrate.internal.protocol.ScriptedMigration.rerunnable;
import static dev.migrate.internal.protocol.ScriptedMigration.resumable;
import static dev.migrate.internal.protocol.ScriptedProcess.DEV;
import static dev.migrate.internal.protocol.ScriptedProcess.LEASE;
import static dev.migrate.internal.protocol.ScriptedProcess.NOW;
import static dev.migrate.internal.protocol.ScriptedProcess.applied;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.OperatorTransitions;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The whole table of what may start, case by case. */
class PlanTest {

    private static final LedgerState FRESH = LedgerState.empty(DEV, List.of());
    private static final Decision SERVE = new Decision.Ready();

    private static Plan plan(@Nullable String deployment, MigrationDefinition... migrations) {
        return new Plan(List.of(migrations), deployment, null);
    }

    private static LedgerState halted(LedgerState state, String id, Outcome verdict, @Nullable String deployment) {
        int attempt = state.nextAttempt(MigrationId.of(id));
        String token = id + "#" + attempt;
        return state.claim(attempt(id, attempt, token, deployment), LEASE).fail(token, verdict, "boom", NOW, null);
    }

    private static LedgerState failed(@Nullable String deployment) {
        return halted(FRESH, "0001", Outcome.FAILED, deployment);
    }

    private static LedgerState interrupted(@Nullable String deployment) {
        return halted(FRESH, "0001", Outcome.INTERRUPTED, deployment);
    }

    private static Set<String> found(LedgerState state) {
        return RunResults.of(state).verdictsAtStart();
    }

    /** What a process does that saw the verdict come. */
    private static Decision seen(Plan plan, LedgerState state) {
        return plan.decide(state, Set.of());
    }

    /** What a later start does, which finds the verdict. */
    private static Decision later(Plan plan, LedgerState state) {
        return plan.decide(state, found(state));
    }

    private static Decision claim(MigrationDefinition migration) {
        return new Decision.Claim(migration);
    }

    private static Decision stop(LedgerState state) {
        return new Decision.Blocked(state.halted());
    }

    @Test
    void nothing_pending_is_served_whatever_else_the_ledger_says() {
        assertThat(later(plan("d1"), FRESH)).isEqualTo(SERVE);
        assertThat(later(plan("d1"), failed("d1"))).isEqualTo(SERVE);
        assertThat(later(plan("d1"), FRESH.claim(attempt("0001", 1, "t", "d0"), LEASE)))
                .isEqualTo(SERVE);
        assertThat(later(plan("d1", plain("0001")), FRESH.complete(applied("0001"))))
                .isEqualTo(SERVE);
    }

    @Test
    void the_lowest_pending_number_is_claimed() {
        Plan plan = plan("d1", plain("0010"), plain("0002"), plain("0003"));
        assertThat(later(plan, FRESH)).isEqualTo(claim(plain("0002")));
        assertThat(later(plan, FRESH.complete(applied("0002")))).isEqualTo(claim(plain("0003")));
        assertThat(plan.size()).isEqualTo(3);
    }

    @Test
    void whatever_runs_is_waited_for() {
        LedgerState running = FRESH.claim(attempt("0009", 1, "t", "d0"), LEASE);
        assertThat(later(plan("d1", plain("0001")), running)).isEqualTo(new Decision.Wait(running.running()));
    }

    @Test
    void a_failure_stops_its_own_deployment_for_ever_and_any_other_tries_again() {
        assertThat(later(plan("d1", plain("0001")), failed("d1"))).isEqualTo(stop(failed("d1")));
        assertThat(seen(plan("d1", plain("0001")), failed("d1"))).isEqualTo(stop(failed("d1")));
        assertThat(later(plan("d2", plain("0001")), failed("d1"))).isEqualTo(claim(plain("0001")));
        assertThat(seen(plan("d2", plain("0001")), failed("d1"))).isEqualTo(claim(plain("0001")));
    }

    @Test
    void a_deployment_that_failed_before_another_one_did_does_not_try_again() {
        LedgerState both = halted(failed("d1"), "0001", Outcome.FAILED, "d2");
        assertThat(later(plan("d1", plain("0001")), both)).isEqualTo(stop(both));
        assertThat(later(plan("d2", plain("0001")), both)).isEqualTo(stop(both));
        assertThat(later(plan("d3", plain("0001")), both)).isEqualTo(claim(plain("0001")));
    }

    @Test
    void without_a_deployment_a_later_start_tries_again_and_one_that_saw_it_does_not() {
        for (String ran : new String[] {"d1", null}) {
            assertThat(later(plan(null, plain("0001")), failed(ran))).isEqualTo(claim(plain("0001")));
            assertThat(seen(plan(null, plain("0001")), failed(ran))).isEqualTo(stop(failed(ran)));
        }
        assertThat(later(plan("d1", plain("0001")), failed(null))).isEqualTo(claim(plain("0001")));
        assertThat(seen(plan("d1", plain("0001")), failed(null))).isEqualTo(stop(failed(null)));
    }

    @Test
    void what_may_be_restarted_is_tried_again_by_any_later_start_and_by_none_that_saw_it_fail() {
        for (MigrationDefinition migration : List.of(rerunnable("0001"), resumable("0001"))) {
            assertThat(later(plan("d1", migration), failed("d1"))).isEqualTo(claim(migration));
            assertThat(seen(plan("d1", migration), failed("d1"))).isEqualTo(stop(failed("d1")));
            assertThat(seen(plan("d2", migration), failed("d1"))).isEqualTo(claim(migration));
        }
    }

    @Test
    void an_interrupted_migration_goes_on_only_where_it_may_be_restarted() {
        for (MigrationDefinition migration : List.of(rerunnable("0001"), resumable("0001"))) {
            assertThat(seen(plan("d1", migration), interrupted("d1"))).isEqualTo(claim(migration));
            assertThat(later(plan("d2", migration), interrupted("d1"))).isEqualTo(claim(migration));
        }
        assertThat(later(plan("d2", plain("0001")), interrupted("d1"))).isEqualTo(stop(interrupted("d1")));
        assertThat(later(plan(null, plain("0001")), interrupted(null))).isEqualTo(stop(interrupted(null)));
    }

    @Test
    void a_verdict_on_a_class_that_is_gone_is_passed_by_another_deployment_alone() {
        for (LedgerState state : List.of(failed("d1"), interrupted("d1"))) {
            assertThat(later(plan("d1", plain("0002")), state)).isEqualTo(stop(state));
            assertThat(later(plan("d2", plain("0002")), state)).isEqualTo(claim(plain("0002")));
            assertThat(later(plan(null, plain("0002")), state)).isEqualTo(claim(plain("0002")));
            assertThat(seen(plan(null, plain("0002")), state)).isEqualTo(stop(state));
        }
    }

    @Test
    void a_verdict_that_the_ledger_went_on_without_counts_again_when_its_migration_is_next() {
        LedgerState gone = interrupted("d1").complete(applied("0002"));
        BlockingVerdict earlier = interrupted("d1").halted();
        assertThat(later(plan("d3", plain("0001")), gone)).isEqualTo(new Decision.Blocked(earlier));
        assertThat(later(plan("d3", rerunnable("0001")), gone)).isEqualTo(claim(rerunnable("0001")));
        assertThat(later(plan("d3", plain("0003")), gone)).isEqualTo(claim(plain("0003")));
        LedgerState allowed = new OperatorTransitions(NOW, null, null).retry(gone, MigrationId.of("0001"));
        assertThat(later(plan("d3", plain("0001")), allowed)).isEqualTo(claim(plain("0001")));
    }

    @Test
    void a_verdict_on_a_migration_that_is_not_next_stops_too() {
        LedgerState state = halted(FRESH, "0005", Outcome.INTERRUPTED, "d0");
        assertThat(later(plan("d1", plain("0003"), plain("0005")), state)).isEqualTo(stop(state));
    }

    // What is refused before anything is tried

    @Test
    void two_migrations_of_one_number_are_refused_with_both_named() {
        assertThatThrownBy(() -> plan("d1", named("0001", "A"), plain("0002"), named("00001", "B")))
                .isInstanceOf(MigrationDefinitionException.class)
                .hasMessageContaining("Two migrations have the number 0001: played.A and played.B");
        assertThatCode(() -> plan("d1", plain("0001"), plain("0002"))).doesNotThrowAnyException();
    }

    @Test
    void a_pending_class_that_cannot_be_an_action_is_refused_and_an_applied_one_is_not_looked_at() {
        MigrationDefinition broken = new MigrationDefinition() {
            @Override
            public MigrationId id() {
                return MigrationId.of("0001");
            }

            @Override
            public String name() {
                return "M0001";
            }

            @Override
            public boolean rerunnable() {
                return false;
            }

            @Override
            public String origin() {
                return "broken";
            }

            @Override
            public Class<? extends MigrationAction> type() {
                throw new MigrationDefinitionException("broken is no action", "Mend it.");
            }

            @Override
            public MigrationAction action() {
                throw new AssertionError();
            }
        };
        Plan plan = plan("d1", broken);
        assertThatThrownBy(() -> plan.check(FRESH, RunnerSettings.OutOfOrder.RUN))
                .hasMessageContaining("broken is no action");
        assertThatCode(() -> plan.check(FRESH.complete(applied("0001")), RunnerSettings.OutOfOrder.RUN))
                .doesNotThrowAnyException();
    }

    @Test
    void another_name_under_an_applied_number_is_refused_when_the_ledger_is_opened() {
        LedgerState state = FRESH.complete(applied("0001"));
        assertThatThrownBy(() -> plan("d1", named("0001", "Other")).check(state, RunnerSettings.OutOfOrder.RUN))
                .isInstanceOf(MigrationDefinitionException.class)
                .hasMessageContaining("played.Other has the number 0001, under which 'M0001' is applied already");
    }

    @Test
    void another_spelling_of_a_number_with_a_verdict_is_refused() {
        assertThatThrownBy(() -> plan("d1", plain("00001")).checkNames(failed("d0")))
                .isInstanceOf(MigrationDefinitionException.class)
                .hasMessageContaining("00001, which the ledger knows as 0001");
        assertThatCode(() -> plan("d1", plain("0001")).checkNames(failed("d0"))).doesNotThrowAnyException();
    }

    @Test
    void out_of_order_is_what_is_pending_below_the_last_applied_number() {
        LedgerState state = FRESH.complete(applied("0003")).complete(applied("0005"));
        Plan plan = plan("d1", plain("0003"), plain("0004"), plain("0005"), plain("0006"));
        assertThat(plan.outOfOrder(state)).containsExactly(plain("0004"));
        assertThat(plan.outOfOrder(FRESH)).isEmpty();
        assertThat(Plan.outOfOrderMessage(List.of(plain("0004")), state))
                .isEqualTo("Out of order: 0004 M0004 (played.M0004) is pending although 0005 M0005 is applied.");
        assertThat(Plan.outOfOrderMessage(List.of(plain("0002"), plain("0004")), state))
                .isEqualTo("Out of order: 0002 M0002 (played.M0002) and 1 more are pending although 0005 M0005 is"
                        + " applied.");
    }

    @Test
    void only_a_number_below_the_last_applied_one_is_refused() {
        LedgerState state = FRESH.complete(applied("0003"));
        assertThatCode(() -> plan("d1", plain("0003"), plain("0004")).check(state, RunnerSettings.OutOfOrder.REFUSE))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> plan("d1", plain("0002"), plain("0003")).check(state, RunnerSettings.OutOfOrder.REFUSE))
                .isInstanceOf(MigrationDefinitionException.class);
    }

    @Test
    void a_build_is_behind_when_all_its_numbers_are_below_the_last_applied_one() {
        LedgerState state = FRESH.complete(applied("0003"));
        assertThat(plan("d1", plain("0002")).isBehind(state)).isTrue();
        assertThat(plan("d1", plain("0001"), plain("0002")).isBehind(state)).isTrue();
        assertThat(plan("d1", plain("0003")).isBehind(state)).isFalse();
        assertThat(plan("d1", plain("0002"), plain("0004")).isBehind(state)).isFalse();
        assertThat(plan("d1").isBehind(state)).as("it has no migrations at all").isFalse();
        assertThat(plan("d1", plain("0002")).isBehind(FRESH)).isFalse();
    }
}
