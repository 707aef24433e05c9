package dev.migrate.spring.startup;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.StartupContext;
import dev.migrate.store.ObjectStore;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The context of one startup.
 *
 * @param attempts the attempts of this process
 * @param onRunnerCreated called with each runner before it is used
 */
record DefaultStartupContext(
        ObjectStore store,
        RunnerSettings settings,
        List<MigrationDefinition> migrations,
        List<Ignored> ignored,
        MigrationListener listener,
        LocalAttempts attempts,
        UnaryOperator<MigrationRunner> onRunnerCreated)
        implements StartupContext {

    @Override
    public MigrationRunner runner(RunnerSettings runnerSettings, MigrationListener additional) {
        return onRunnerCreated.apply(new MigrationRunner(
                store, migrations, runnerSettings, new CompositeMigrationListener(List.of(listener, additional))));
    }

    @Override
    public boolean isOurs(BlockingVerdict verdict) {
        return attempts.include(verdict);
    }
}
