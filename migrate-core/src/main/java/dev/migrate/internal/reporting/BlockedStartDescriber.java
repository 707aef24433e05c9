package dev.migrate.internal.reporting;

import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import java.util.Optional;

/** Says of a verdict what happened and what to do now. */
public final class BlockedStartDescriber {

    private BlockedStartDescriber() {}

    public static BlockedStart of(
            BlockingVerdict halted, RunnerSettings settings, Optional<MigrationDefinition> migration) {
        boolean restartable = migration.map(MigrationDefinition::restartable).orElse(false);
        return new BlockedStart(description(halted, settings), action(halted, settings, restartable), halted);
    }

    private static String description(BlockingVerdict halted, RunnerSettings settings) {
        Attempt of = halted.attempt();
        String what = (of.isRevert() ? "Undoing migration " : "Migration ") + of.displayName() + " of environment "
                + settings.environment();
        String attempt = " (attempt " + of.number() + ", deployment "
                + (of.deployment() == null ? "unknown" : of.deployment()) + ", owner " + of.owner() + ")";
        String error = halted.error() == null ? "" : ": " + halted.error();
        return halted.outcome() == Outcome.FAILED
                ? what + " failed" + attempt + error + "."
                : what + " was interrupted" + attempt + error + ". Nobody knows how far it came.";
    }

    private static String action(BlockingVerdict halted, RunnerSettings settings, boolean restartable) {
        MigrationId id = halted.id();
        if (halted.attempt().isRevert()) {
            return "Find out how far it came, and make sure that its process is gone. It is undone: "
                    + command("resolve", id, settings) + ". It is not, and what was undone in part is put right: "
                    + command("retry", id, settings) + "; it counts as applied then, and can be undone again.";
        }
        if (halted.outcome() == Outcome.INTERRUPTED) {
            return "Find out whether it had finished, and make sure that its process is gone. It had: "
                    + command("resolve", id, settings) + ". It had not, and what it left is put right: "
                    + command("retry", id, settings) + ". A blocked start goes on by itself then.";
        }
        if (restartable) {
            return "Deploy the fix. It is declared safe to start again: any later start tries it again, a restart of"
                    + " this deployment too, which is enough if the cause was outside and is gone.";
        }
        String byHand = " If the cause was outside and is gone, and it can start from the beginning: "
                + command("retry", id, settings) + ". If you finished it by hand: " + command("resolve", id, settings)
                + ".";
        return settings.deployment() == null || halted.attempt().deployment() == null
                ? "Deploy the fix: any later start tries it again, a restart too, since the deployment is not known."
                        + " (Set migrate.deployment to change that.)" + byHand
                : "Deploy the fix: a deployment that has not failed with it yet tries it again, so another deployment than "
                        + settings.deployment() + ". Restarting this one does not." + byHand;
    }

    /** A command as a person gives it to the same image. */
    private static String command(String verb, MigrationId id, RunnerSettings settings) {
        return "run once with MIGRATE_MODE=once MIGRATE_COMMAND='" + verb + " " + id + "' MIGRATE_CONFIRM="
                + settings.environment();
    }
}
