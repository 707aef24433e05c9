package dev.migrate.applications.accepted;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.ResumableAction;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

/** What looks like the refused classes and works. */
public class Accepted {

    private Accepted() {}

    @Migration("0001")
    static class PlainInTransaction implements MigrationAction {
        @Transactional
        @Override
        public void migrate() {
            Assert.state(TransactionSynchronizationManager.isActualTransactionActive(), "no transaction");
        }
    }

    @Transactional
    @Migration("0002")
    static class ResumableWithoutTransaction implements ResumableAction {
        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        @Override
        public void migrate(MigrationContext context) {
            Assert.state(!TransactionSynchronizationManager.isActualTransactionActive(), "a transaction");
        }
    }

    @Migration("0003")
    record PlainRecord() implements MigrationAction {
        @Override
        public void migrate() {}
    }

    @Migration("0004")
    static class AsyncOnAnotherMethod implements MigrationAction {
        @Override
        public void migrate() {}

        @Async
        void other() {}
    }
}
