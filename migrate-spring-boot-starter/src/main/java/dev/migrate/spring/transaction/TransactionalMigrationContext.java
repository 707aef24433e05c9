package dev.migrate.spring.transaction;

import dev.migrate.MigrationContext;
import dev.migrate.internal.execution.CheckpointLimit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps a checkpoint back until the transaction commits that is active on the calling thread, so that the ledger never
 * holds a checkpoint for work that was rolled back.
 */
final class TransactionalMigrationContext implements MigrationContext {

    private final MigrationContext context;

    TransactionalMigrationContext(MigrationContext context) {
        this.context = context;
    }

    @Override
    public void saveCheckpoint(String checkpoint) {
        if (inTransaction()) {
            CheckpointLimit.check(checkpoint);
            ofTransaction().orElseGet(this::register).checkpoint = checkpoint;
        } else {
            context.saveCheckpoint(checkpoint);
        }
    }

    @Override
    public Optional<String> lastCheckpoint() {
        return inTransaction()
                ? ofTransaction()
                        .flatMap(uncommitted -> Optional.ofNullable(uncommitted.checkpoint))
                        .or(context::lastCheckpoint)
                : context.lastCheckpoint();
    }

    @Override
    public void reportProgress(long done, long total) {
        context.reportProgress(done, total);
    }

    @Override
    public boolean isCancelled() {
        return context.isCancelled();
    }

    /** Not with propagation SUPPORTS outside of a transaction, where every statement commits by itself. */
    private static boolean inTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive();
    }

    /** A suspended transaction has taken its synchronizations away, so what is found belongs to the active one. */
    private Optional<Uncommitted> ofTransaction() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Uncommitted.class::isInstance)
                .map(Uncommitted.class::cast)
                .filter(uncommitted -> uncommitted.context == context)
                .findFirst();
    }

    private Uncommitted register() {
        var uncommitted = new Uncommitted(context);
        TransactionSynchronizationManager.registerSynchronization(uncommitted);
        return uncommitted;
    }

    /** The last checkpoint of a transaction that has not ended. */
    private static final class Uncommitted implements TransactionSynchronization {

        private final MigrationContext context;
        private final Map<Object, Optional<String>> atSavepoint = new HashMap<>();
        private @Nullable String checkpoint;

        Uncommitted(MigrationContext context) {
            this.context = context;
        }

        @Override
        public void savepoint(Object savepoint) {
            atSavepoint.put(savepoint, Optional.ofNullable(checkpoint));
        }

        /** A savepoint that is not known was set before the first checkpoint. */
        @Override
        public void savepointRollback(Object savepoint) {
            checkpoint = atSavepoint.getOrDefault(savepoint, Optional.empty()).orElse(null);
        }

        /** Here and not after the commit, because there the failure of another synchronization would keep it away. */
        @Override
        public void afterCompletion(int status) {
            if (status == STATUS_COMMITTED && checkpoint != null) {
                context.saveCheckpoint(checkpoint);
            }
        }
    }
}
