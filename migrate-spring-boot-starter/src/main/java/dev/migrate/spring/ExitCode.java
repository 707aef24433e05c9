package dev.migrate.spring;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationException;
import dev.migrate.ledger.Halted;
import dev.migrate.run.MigrationsBlockedException;
import dev.migrate.store.StoreException;
import java.util.function.Predicate;

/** The exit codes of a start that fails. */
final class ExitCode {

    static final int UNEXPECTED = 1;
    static final int CONFIGURATION = 2;
    static final int FAILED = 3;
    static final int BLOCKED = 4;
    static final int LEDGER = 6;

    private ExitCode() {}

    /**
     * The code for what ended a run.
     *
     * @param failure what the run threw
     * @param ours whether a verdict is on an attempt of this process
     */
    static int of(MigrationException failure, Predicate<Halted> ours) {
        if (failure instanceof MigrationsBlockedException blocked) {
            Halted halted = blocked.block().halted();
            return halted == null ? LEDGER : ours.test(halted) ? FAILED : BLOCKED;
        }
        if (failure instanceof MigrationDefinitionException) {
            return CONFIGURATION;
        }
        return failure instanceof StoreException ? LEDGER : UNEXPECTED;
    }
}
