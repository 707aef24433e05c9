package dev.migrate.spring;

import dev.migrate.ledger.Halted;
import dev.migrate.run.MigrationDefinition;
import dev.migrate.run.MigrationListener;
import dev.migrate.run.MigrationRunner;
import dev.migrate.run.RunnerSettings;
import dev.migrate.store.ObjectStore;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The workplace of one start.
 *
 * @param attempts the attempts of this process
 * @param begun is given each runner before it is used
 */
record Site(
        ObjectStore store,
        RunnerSettings settings,
        List<MigrationDefinition> migrations,
        List<Ignored> ignored,
        MigrationListener listener,
        OwnAttempts attempts,
        UnaryOperator<MigrationRunner> begun)
        implements Workplace {

    @Override
    public MigrationRunner runner(RunnerSettings how, MigrationListener also) {
        return begun.apply(new MigrationRunner(store, migrations, how, new Listeners(List.of(listener, also))));
    }

    @Override
    public boolean isOurs(Halted halted) {
        return attempts.include(halted);
    }
}
