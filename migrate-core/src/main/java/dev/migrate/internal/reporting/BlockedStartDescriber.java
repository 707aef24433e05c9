package dev.migrate.internal.reporting;

import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import java.util.Optional;

/** Describes what happened and the action to take for a verdict. */
public final class BlockedStartDescriber {

    private BlockedStartDescriber() {}

    public static BlockedStart of(
            BlockingVerdict halted, RunnerSettings settings, Optional<MigrationDefinition> migration) {
        boolean restartable = migration.map(MigrationDefinition::restartable).orElse(false);
        return new BlockedStart(description(halted, settings), action(halted, settings, restartable), halted);
    }

    private static String description(BlockingVerdict halted, RunnerSettings settings) {
        Attempt of = halted.attempt();
        String what = (of.isRevert() ? "Reverting migration " : "Migration ") + of.displayName() + " of environment "
                + settings.environment();
        String attempt = " (attempt " + of.number() + ", deployment "
                + (of.deployment() == null ? "unknown" : of.deployment()) + ", owner " + of.owner() + ")";
        String error = halted.error() == null ? "" : ": " + halted.error();
        return halted.outcome() == Outcome.FAILED
                ? what + " failed" + attempt + error + "."
                : what + " was interrupted" + attempt + error + ". How much of it ran is unknown.";
    }

    private static String action(BlockingVerdict halted, RunnerSettings settings, boolean restartable) {
        MigrationId id = halted.id();
        if (halted.attempt().isRevert()) {
            return "First make sure that the old process is gone. If the revert is complete: "
                    + command("resolve", id, settings) + ". If not, restore what it had changed and: "
                    + command("retry", id, settings) + "; the migration then counts as applied.";
        }
        if (halted.outcome() == Outcome.INTERRUPTED) {
            return "First make sure that the old process is gone. If the migration had finished: "
                    + command("resolve", id, settings) + ". If not, clean up what it left and: "
                    + command("retry", id, settings) + ". Blocked applications resume automatically.";
        }
        if (restartable) {
            return "Deploy the fix. This migration is safe to run again, so any later start retries it. If the cause was external"
                    + " and is fixed, restart the application.";
        }
        String byHand = " If the cause was external and is fixed, and the migration can run from the beginning: "
                + command("retry", id, settings) + ". If you finished it by hand: " + command("resolve", id, settings)
                + ".";
        return settings.deployment() == null || halted.attempt().deployment() == null
                ? "Deploy the fix. Any later start retries the migration, because the deployment is not known"
                        + " (migrate.deployment sets it)." + byHand
                : "Deploy the fix: a new deployment, other than " + settings.deployment()
                        + ", retries the migration. A restart of this deployment does not." + byHand;
    }

    /** How an operator runs a command with the same image. */
    private static String command(String verb, MigrationId id, RunnerSettings settings) {
        return "run with MIGRATE_MODE=once MIGRATE_COMMAND='" + verb + " " + id + "' MIGRATE_CONFIRM="
                + settings.environment();
    }
}
