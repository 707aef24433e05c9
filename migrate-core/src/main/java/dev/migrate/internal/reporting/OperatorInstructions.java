package dev.migrate.internal.reporting;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration;
import java.util.Collection;
import java.util.Optional;

/**
 * The text for an operator: what to do now about a migration that is failed, interrupted, half reverted, running elsewhere or
 * pending. The log, the health endpoint, the status page, the notifications and the commands all use it.
 */
public final class OperatorInstructions {

    private OperatorInstructions() {}

    /**
     * The action for a verdict.
     *
     * @param halted the verdict
     * @param settings the settings of this process
     * @param migration the migration in this build; empty if the caller does not know it
     * @return whole sentences, with commands to paste
     */
    public static String of(BlockingVerdict halted, RunnerSettings settings, Optional<MigrationDefinition> migration) {
        String resolve = confirmed("resolve", halted, settings);
        String retry = confirmed("retry", halted, settings);
        if (halted.attempt().isRevert()) {
            return "First make sure that the old process is gone. If the revert is complete: " + resolve
                    + ". If not, restore what it had changed and: " + retry
                    + "; the migration then counts as applied.";
        }
        if (halted.outcome() == Outcome.INTERRUPTED) {
            return "First make sure that the old process is gone. If the migration had finished: " + resolve
                    + ". If not, clean up what it left and: " + retry + ". Blocked applications resume automatically.";
        }
        if (migration.map(MigrationDefinition::restartable).orElse(false)) {
            return "Deploy the fix. This migration is safe to run again, so any later start retries it. If the cause was external"
                    + " and is fixed, restart the application.";
        }
        String byHand = " If the cause was external and is fixed, and the migration can run from the beginning: "
                + retry + ". If you finished it by hand: " + resolve + ".";
        if (settings.deployment() == null || halted.attempt().deployment() == null) {
            return "Deploy the fix. Any later start retries the migration, because the deployment is not known"
                    + " (migrate.deployment sets it)." + byHand;
        }
        return "Deploy the fix: a new deployment, other than " + settings.deployment()
                + ", retries the migration. A restart"
                + " of this deployment does not"
                + (migration.isPresent() ? "." : ", unless the migration is safe to run again.") + byHand;
    }

    /**
     * The action for a verdict.
     *
     * @param halted the verdict
     * @param settings the settings of this process
     * @param migrations the migrations of this build
     * @return whole sentences, with commands to paste
     */
    public static String of(
            BlockingVerdict halted, RunnerSettings settings, Collection<MigrationDefinition> migrations) {
        return of(
                halted,
                settings,
                migrations.stream()
                        .filter(migration -> migration.id().equals(halted.id()))
                        .findFirst());
    }

    /**
     * The action for a migration that another process runs.
     *
     * @param running the migration
     * @return whole sentences, with a command to paste
     */
    public static String of(RunningMigration running) {
        return "Wait until it ends. If its process is gone, " + migrate() + ": after a lease of "
                + running.lease().toSeconds() + " s that command takes over, or says what to do.";
    }

    /**
     * The command that runs the pending migrations.
     *
     * @return the end of a sentence
     */
    public static String migrate() {
        return "run this image with MIGRATE_MODE=once MIGRATE_COMMAND=migrate";
    }

    private static String confirmed(String command, BlockingVerdict halted, RunnerSettings settings) {
        return "run with MIGRATE_MODE=once MIGRATE_COMMAND='" + command + " " + halted.id() + "' MIGRATE_CONFIRM="
                + settings.environment();
    }
}
