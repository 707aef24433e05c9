package dev.migrate.spring;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.internal.ledger.LedgerException;
import dev.migrate.internal.plan.CommandRefusedException;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.store.StoreException;
import java.util.function.Predicate;
import org.springframework.boot.ExitCodeGenerator;

/**
 * What the exit code of a process says, when a command has ended or a start has failed.
 *
 * @since 0.1
 */
public final class ExitCode {

    /** It is done, or there was nothing to do. */
    public static final int DONE = 0;
    /** An unexpected error; the log has the details. */
    public static final int UNEXPECTED = 1;
    /** Wrong use, wrong configuration, or migrations that cannot be run as they are declared. Nothing was changed. */
    public static final int CONFIGURATION = 2;
    /** A migration failed now, in this process. */
    public static final int FAILED = 3;
    /** An earlier verdict is in the way, or somebody runs a migration. */
    public static final int BLOCKED = 4;
    /** Something is pending. */
    public static final int PENDING = 5;
    /** The ledger could not be reached, or refused. */
    public static final int LEDGER = 6;
    /** The process was asked to end by SIGTERM. */
    public static final int STOPPED = 128 + 15;

    private ExitCode() {}

    /**
     * The code for what ended a run or a command.
     *
     * @param failure what was thrown
     * @param ours whether a verdict is on an attempt of this process
     * @return the exit code
     */
    public static int of(Throwable failure, Predicate<BlockingVerdict> ours) {
        if (failure instanceof MigrationsBlockedException blocked) {
            BlockingVerdict halted = blocked.block().verdict();
            return halted == null ? LEDGER : ours.test(halted) ? FAILED : BLOCKED;
        }
        if (failure instanceof CommandRefusedException refused) {
            return refused.isBusy() ? BLOCKED : CONFIGURATION;
        }
        if (failure instanceof ExitCodeGenerator generator) {
            return generator.getExitCode();
        }
        if (failure instanceof RunCancelledException) {
            return STOPPED;
        }
        if (failure instanceof MigrationDefinitionException) {
            return CONFIGURATION;
        }
        return failure instanceof StoreException || failure instanceof LedgerException ? LEDGER : UNEXPECTED;
    }
}
