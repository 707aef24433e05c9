package dev.migrate.run;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a start would do with a migration, and why.
 *
 * @param migration the migration
 * @param what what would become of it
 * @param why the reason, as a clause
 * @since 0.1
 */
public record Planned(MigrationDefinition migration, What what, String why) {

    /** The reason of a migration that was never tried. */
    public static final String FIRST_TIME = "pending";

    /** What would become of a migration. */
    public enum What {
        /** It would run. */
        RUN,
        /** It is applied, or not asked for. */
        SKIP,
        /** Something stands in its way. */
        BLOCKED
    }

    /**
     * Tells what a start would do, by the same decisions that a start takes. Nothing is asked and nothing is changed.
     *
     * @param migrations the migrations of the environment, in any order
     * @param state what the ledger says
     * @param settings how the start would run
     * @return every migration, in order
     * @throws MigrationDefinitionException if the migrations cannot be run as they are declared
     */
    public static List<Planned> of(
            List<? extends MigrationDefinition> migrations, LedgerState state, RunnerSettings settings) {
        Plan plan = new Plan(migrations, settings.deployment(), settings.to());
        plan.check(state, settings.outOfOrder());
        Set<String> found = Memory.of(state).found();
        Map<MigrationDefinition, String> runs = new LinkedHashMap<>();
        LedgerState now = state;
        Decision decision = plan.decide(now, found);
        while (decision instanceof Decision.Claim claim) {
            runs.put(claim.migration(), why(claim.migration(), now, plan));
            now = played(claim.migration(), now);
            decision = plan.decide(now, found);
        }
        return rows(plan, state, runs, decision);
    }

    private static List<Planned> rows(
            Plan plan, LedgerState state, Map<MigrationDefinition, String> runs, Decision last) {
        String obstacle = obstacle(last);
        Set<MigrationDefinition> asked = new HashSet<>(plan.upTo());
        List<Planned> rows = new ArrayList<>();
        for (MigrationDefinition migration : plan.all()) {
            Optional<Applied> applied = state.applied(migration.id());
            if (runs.containsKey(migration)) {
                rows.add(new Planned(migration, What.RUN, String.valueOf(runs.get(migration))));
            } else if (last instanceof Decision.Stop stop
                    && stop.halted().attempt().reverts()
                    && stop.halted().id().equals(migration.id())) {
                rows.add(new Planned(migration, What.BLOCKED, obstacle));
            } else if (applied.isPresent()) {
                rows.add(new Planned(migration, What.SKIP, applied(applied.get(), state)));
            } else if (!asked.contains(migration)) {
                rows.add(new Planned(migration, What.SKIP, "above what was asked for"));
            } else {
                rows.add(new Planned(migration, What.BLOCKED, obstacle));
            }
        }
        return rows;
    }

    private static String applied(Applied applied, LedgerState state) {
        if (applied.attempt().token() == null && state.isAdopted(applied.id())) {
            return "applied by another tool, whose status file is " + state.adoptedUpTo();
        }
        return applied.finishedAt() == null ? "applied" : "applied at " + applied.finishedAt();
    }

    private static String why(MigrationDefinition migration, LedgerState state, Plan plan) {
        Optional<Halted> last = state.verdict(migration.id());
        String pending = last.map(halted -> "attempt " + halted.attempt().number() + " was " + halted.verdict()
                        + (migration.restartable() ? ", and it may start again" : ", by another deployment"))
                .orElse(FIRST_TIME);
        return plan.outOfOrder(state).contains(migration) ? pending + ", out of order" : pending;
    }

    private static String obstacle(Decision decision) {
        if (decision instanceof Decision.Wait wait) {
            Attempt attempt = wait.running().attempt();
            return attempt.owner() + (attempt.reverts() ? " is undoing " : " is running ") + attempt.title();
        }
        if (decision instanceof Decision.Stop stop) {
            Attempt attempt = stop.halted().attempt();
            return (attempt.reverts() ? "undoing " : "") + attempt.title() + " is "
                    + stop.halted().verdict();
        }
        return FIRST_TIME;
    }

    /** The state after the migration has run. */
    private static LedgerState played(MigrationDefinition migration, LedgerState state) {
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
        return state.claim(attempt, Duration.ofSeconds(1)).complete(new Applied(attempt, null, null));
    }
}
