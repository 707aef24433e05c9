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
 * Exit codes of a process after a command or a failed startup.
 *
 * @since 0.1
 */
public final class ExitCode {

    /** The command succeeded or had nothing to do. */
    public static final int DONE = 0;
    /** An unexpected error; the log has the details. */
    public static final int UNEXPECTED = 1;
    /** Wrong usage, wrong configuration, or invalid migration declarations. Nothing was changed. */
    public static final int CONFIGURATION = 2;
    /** A migration failed in this process. */
    public static final int FAILED = 3;
    /** An earlier verdict blocks, or another process runs a migration. */
    public static final int BLOCKED = 4;
    /** A migration is pending. */
    public static final int PENDING = 5;
    /** The ledger was unreachable, or refused access. */
    public static final int LEDGER = 6;
    /** The process was stopped by SIGTERM. */
    public static final int STOPPED = 128 + 15;

    private ExitCode() {}

    /**
     * Returns the exit code for the exception that ended a run or a command.
     *
     * @param failure the exception
     * @param isLocal tests whether a verdict belongs to an attempt of this process
     * @return one of the constants of this class, or the code of an {@link ExitCodeGenerator}
     */
    public static int of(Throwable failure, Predicate<BlockingVerdict> isLocal) {
        if (failure instanceof MigrationsBlockedException blocked) {
            BlockingVerdict verdict = blocked.block().verdict();
            return verdict == null ? LEDGER : isLocal.test(verdict) ? FAILED : BLOCKED;
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
