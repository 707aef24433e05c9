package dev.migrate.internal.reporting;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import java.util.Optional;

/** Describes a verdict that blocks a start: what happened, and the {@link OperatorInstructions} to take. */
public final class BlockedStartDescriber {

    private BlockedStartDescriber() {}

    public static BlockedStart of(
            BlockingVerdict halted, RunnerSettings settings, Optional<MigrationDefinition> migration) {
        return new BlockedStart(
                description(halted, settings), OperatorInstructions.of(halted, settings, migration), halted);
    }

    /** The subject of a sentence about an attempt. */
    public static String title(Attempt attempt) {
        return (attempt.isRevert() ? "Reverting migration " : "Migration ") + attempt.displayName();
    }

    private static String description(BlockingVerdict halted, RunnerSettings settings) {
        Attempt of = halted.attempt();
        String what = title(of) + " of environment " + settings.environment();
        String attempt = " (attempt " + of.number() + ", deployment "
                + (of.deployment() == null ? "unknown" : of.deployment()) + ", owner " + of.owner() + ")";
        String error = halted.error() == null ? "" : ": " + halted.error();
        return halted.outcome() == Outcome.FAILED
                ? what + " failed" + attempt + error + "."
                : what + " was interrupted" + attempt + error + ". How much of it ran is unknown.";
    }
}
