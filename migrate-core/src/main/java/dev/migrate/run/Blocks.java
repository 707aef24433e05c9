package dev.migrate.run;

import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Verdict;
import java.util.Optional;

/** Says of a verdict what happened and what to do now. */
final class Blocks {

    private Blocks() {}

    static Block of(Halted halted, RunnerSettings settings, Optional<MigrationDefinition> migration) {
        boolean restartable = migration.map(MigrationDefinition::restartable).orElse(false);
        return new Block(reason(halted, settings), wayOut(halted, settings, restartable), halted);
    }

    private static String reason(Halted halted, RunnerSettings settings) {
        String what = "Migration " + halted.attempt().title() + " of environment " + settings.environment();
        String attempt = " (attempt " + halted.attempt().number() + ", deployment "
                + (halted.attempt().deployment() == null
                        ? "unknown"
                        : halted.attempt().deployment()) + ", owner "
                + halted.attempt().owner() + ")";
        String error = halted.error() == null ? "" : ": " + halted.error();
        return halted.verdict() == Verdict.FAILED
                ? what + " failed" + attempt + error + "."
                : what + " was interrupted" + attempt + error + ". Nobody knows how far it came.";
    }

    private static String wayOut(Halted halted, RunnerSettings settings, boolean restartable) {
        if (halted.verdict() == Verdict.FAILED) {
            if (restartable) {
                return "Deploy the fix. It is declared safe to start again: any later start tries it again, a restart of"
                        + " this deployment too.";
            }
            return settings.deployment() == null || halted.attempt().deployment() == null
                    ? "Deploy the fix: any later start tries it again, a restart too, since the deployment is not"
                            + " known. (Set migrate.deployment to change that.)"
                    : "Deploy the fix: a deployment that has not failed with it yet tries it again, so another deployment"
                            + " than " + settings.deployment() + ". Restarting this one does not. If you finished it by"
                            + " hand, put an empty object named " + halted.id() + " beside the register.";
        }
        return "Find out whether it had finished. If it had, put an empty object named " + halted.id()
                + " beside the register: it counts as applied, and this start goes on by itself. If it had not, mend"
                + " what it left and deploy it declared rerunnable = true, or without the class to give it up.";
    }
}
