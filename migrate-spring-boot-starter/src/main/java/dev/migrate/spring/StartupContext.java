package dev.migrate.spring;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationListener;
import dev.migrate.store.ObjectStore;
import java.util.List;

/**
 * All that a start has found out before it does anything: where it is, what there is, and who is to be told.
 *
 * @since 0.1
 */
public interface StartupContext {

    /**
     * A declaration that is left out, since its sequence number is malformed.
     *
     * @param number what stands in the place of the number
     * @param origin where it is declared
     */
    record Ignored(String number, String origin) {}

    /**
     * The ledger's store.
     *
     * @return the store, which is closed with the application
     */
    ObjectStore store();

    /**
     * How the configuration says that migrations run: in which environment, as which deployment, by which process.
     *
     * @return the settings
     */
    RunnerSettings settings();

    /**
     * The migrations of the environment.
     *
     * @return the migrations, in order
     */
    List<MigrationDefinition> migrations();

    /**
     * What is left out.
     *
     * @return the declarations, of whatever environment
     */
    List<Ignored> ignored();

    /**
     * Tells the gate, the log and the listeners of the application.
     *
     * @return the listener that tells all others
     */
    MigrationListener listener();

    /**
     * Makes a runner that is stopped when the process is asked to end.
     *
     * @param settings how to run
     * @param also who is told besides the others
     * @return the runner
     * @throws dev.migrate.internal.protocol.RunCancelledException if the process was asked to end already
     */
    MigrationRunner runner(RunnerSettings settings, MigrationListener also);

    /**
     * Whether a verdict is on an attempt of this process.
     *
     * @param halted the verdict
     * @return whether it failed here and now
     */
    boolean isOurs(BlockingVerdict halted);
}
