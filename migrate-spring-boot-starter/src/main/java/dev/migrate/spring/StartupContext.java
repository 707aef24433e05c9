package dev.migrate.spring;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationListener;
import dev.migrate.store.ObjectStore;
import java.util.List;

/**
 * Everything that a startup needs to run migrations: the ledger's store, the settings, the migrations and the
 * listeners.
 *
 * @since 0.1
 */
public interface StartupContext {

    /**
     * A declaration that is skipped because its sequence number is malformed.
     *
     * @param number the declared value
     * @param origin the annotated class or method
     */
    record Ignored(String number, String origin) {}

    /**
     * Returns the ledger's store.
     *
     * @return the store; closed with the application context
     */
    ObjectStore store();

    /**
     * Returns the settings of the run, such as environment, deployment and owner.
     *
     * @return the settings
     */
    RunnerSettings settings();

    /**
     * Returns the migrations of the environment.
     *
     * @return the migrations, ordered by sequence number
     */
    List<MigrationDefinition> migrations();

    /**
     * Returns the skipped declarations.
     *
     * @return the declarations, for any environment
     */
    List<Ignored> ignored();

    /**
     * Returns the listener that updates the gate, the log and the listeners of the application.
     *
     * @return a composite of all listeners
     */
    MigrationListener listener();

    /**
     * Creates a runner that is stopped when the process shuts down.
     *
     * @param settings the settings of the run
     * @param also an additional listener
     * @return the runner
     * @throws dev.migrate.internal.protocol.RunCancelledException if the process is shutting down
     */
    MigrationRunner runner(RunnerSettings settings, MigrationListener also);

    /**
     * Tells whether a verdict belongs to an attempt of this process.
     *
     * @param halted the verdict
     * @return true if this process made the attempt
     */
    boolean isOurs(BlockingVerdict halted);
}
