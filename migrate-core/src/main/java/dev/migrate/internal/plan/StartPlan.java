package dev.migrate.internal.plan;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a start would do with this build and this ledger. The commands {@code plan} and {@code status} and the mode {@code verify}
 * use this class, so that they predict what a start does.
 *
 * @param migrations every migration of the build, in order, with what the start would do
 * @param last the decision at which the start ends, if each action that it starts succeeds
 * @since 0.1
 */
public record StartPlan(List<PlannedMigration> migrations, Decision last) {

    public StartPlan {
        migrations = List.copyOf(migrations);
    }

    /**
     * Predicts a start with the same decisions as a real start. It does not access the store.
     *
     * @param migrations the migrations of the environment, in any order
     * @param state what the ledger says
     * @param settings how the start would run
     * @return what the start would do
     * @throws MigrationDefinitionException if the migrations cannot be run as they are declared
     */
    public static StartPlan of(
            List<? extends MigrationDefinition> migrations, LedgerState state, RunnerSettings settings) {
        Plan plan = new Plan(migrations, settings.deployment(), settings.upTo());
        plan.check(state, settings.outOfOrder());
        Set<String> found = RunResults.of(state).verdictsAtStart();
        Map<MigrationDefinition, String> runs = new LinkedHashMap<>();
        LedgerState now = state;
        Decision decision = plan.decide(now, found);
        while (decision instanceof Decision.Claim claim) {
            runs.put(claim.migration(), reason(claim.migration(), now, plan));
            now = afterRun(claim.migration(), now);
            decision = plan.decide(now, found);
        }
        return new StartPlan(rows(plan, state, runs, decision), decision);
    }

    /**
     * What a start would wait for or be blocked by, once it has run what it can.
     *
     * @return a clause; empty if the start would serve
     */
    public Optional<String> obstacle() {
        return last instanceof Decision.Ready ? Optional.empty() : Optional.of(obstacle(last));
    }

    private static List<PlannedMigration> rows(
            Plan plan, LedgerState state, Map<MigrationDefinition, String> runs, Decision last) {
        String obstacle = obstacle(last);
        Set<MigrationDefinition> asked = new HashSet<>(plan.targets());
        List<PlannedMigration> rows = new ArrayList<>();
        for (MigrationDefinition migration : plan.all()) {
            Optional<AppliedMigration> applied = state.applied(migration.id());
            if (runs.containsKey(migration)) {
                rows.add(new PlannedMigration(
                        migration, PlannedMigration.PlannedAction.RUN, String.valueOf(runs.get(migration))));
            } else if (last instanceof Decision.Blocked stop
                    && stop.halted().attempt().isRevert()
                    && stop.halted().id().equals(migration.id())) {
                rows.add(new PlannedMigration(migration, PlannedMigration.PlannedAction.BLOCKED, obstacle));
            } else if (applied.isPresent()) {
                rows.add(new PlannedMigration(
                        migration, PlannedMigration.PlannedAction.SKIP, applied(applied.get(), state)));
            } else if (!asked.contains(migration)) {
                rows.add(new PlannedMigration(
                        migration, PlannedMigration.PlannedAction.SKIP, "above the last requested migration"));
            } else {
                rows.add(new PlannedMigration(migration, PlannedMigration.PlannedAction.BLOCKED, obstacle));
            }
        }
        return rows;
    }

    private static String applied(AppliedMigration applied, LedgerState state) {
        if (applied.attempt().token() == null && state.isAdopted(applied.id())) {
            return "applied by another tool, according to its status file " + state.adoptedUpTo();
        }
        return applied.finishedAt() == null ? "applied" : "applied at " + applied.finishedAt();
    }

    private static String reason(MigrationDefinition migration, LedgerState state, Plan plan) {
        Optional<BlockingVerdict> last = state.verdict(migration.id());
        String pending = last.map(halted -> "attempt " + halted.attempt().number() + " was " + halted.outcome()
                        + (migration.restartable() ? ", and it may start again" : ", and this deployment retries it"))
                .orElse(PlannedMigration.FIRST_TIME);
        return plan.outOfOrder(state).contains(migration) ? pending + ", out of order" : pending;
    }

    private static String obstacle(Decision decision) {
        if (decision instanceof Decision.Wait wait) {
            Attempt attempt = wait.running().attempt();
            return attempt.owner() + (attempt.isRevert() ? " is reverting " : " is running ") + attempt.displayName();
        }
        if (decision instanceof Decision.Blocked stop) {
            Attempt attempt = stop.halted().attempt();
            return (attempt.isRevert() ? "reverting " : "") + attempt.displayName() + " is "
                    + stop.halted().outcome();
        }
        return PlannedMigration.FIRST_TIME;
    }

    /** The state after the migration has run. */
    private static LedgerState afterRun(MigrationDefinition migration, LedgerState state) {
        Attempt attempt = new Attempt(
                migration.id(),
                migration.name(),
                state.nextAttempt(migration.id()),
                "planned " + migration.id(),
                null,
                null,
                null,
                false,
                Map.of());
        return state.claim(attempt, Duration.ofSeconds(1)).complete(new AppliedMigration(attempt, null, null));
    }
}
