package dev.migrate.applications.refused;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.ResumableAction;
import dev.migrate.ReversibleAction;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Classes that can never be a migration of an application with class proxies; each in an environment of its own. */
class Refused {

    private Refused() {}

    @Async
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface InBackground {}

    @Transactional
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface InOneTransaction {}

    @Migration(value = "0001", environments = "async-method")
    static class AsyncMethod implements MigrationAction {
        @Async
        @Override
        public void migrate() {}
    }

    @Async
    @Migration(value = "0001", environments = "async-class")
    static class AsyncClass implements MigrationAction {
        @Override
        public void migrate() {}
    }

    abstract static class AsyncBase implements MigrationAction {
        @InBackground
        @Override
        public void migrate() {}
    }

    @Migration(value = "0001", environments = "async-inherited")
    static class AsyncInherited extends AsyncBase {}

    @Migration(value = "0001", environments = "async-overridden")
    static class AsyncOverridden extends AsyncBase {
        @Override
        public void migrate() {}
    }

    @InBackground
    @Migration(value = "0001", environments = "async-resumable")
    static class AsyncResumable implements ResumableAction {
        @Override
        public void migrate(MigrationContext context) {}
    }

    @Migration(value = "0001", environments = "async-revert")
    static class AsyncRevert implements ReversibleAction {
        @Override
        public void migrate() {}

        @Async
        @Override
        public void revert() {}
    }

    @Transactional
    @Migration(value = "0001", environments = "transaction-class")
    static class TransactionClass implements ResumableAction {
        @Override
        public void migrate(MigrationContext context) {}
    }

    @Migration(value = "0001", environments = "transaction-method")
    static class TransactionMethod implements ResumableAction {
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        @Override
        public void migrate(MigrationContext context) {}
    }

    @InOneTransaction
    abstract static class TransactionBase implements ResumableAction {}

    @Migration(value = "0001", environments = "transaction-inherited")
    static class TransactionInherited extends TransactionBase {
        @Override
        public void migrate(MigrationContext context) {}
    }

    @Transactional
    @Migration(value = "0001", environments = "record")
    record TransactionalRecord() implements MigrationAction {
        @Override
        public void migrate() {}
    }

    @Migration(value = "0001", environments = "final-class")
    static final class FinalClass implements MigrationAction {
        @Transactional
        @Override
        public void migrate() {}
    }

    @Transactional
    @Migration(value = "0001", environments = "sealed")
    static sealed class SealedClass implements MigrationAction permits Permitted {
        @Override
        public void migrate() {}
    }

    static final class Permitted extends SealedClass {}

    @Transactional
    @Migration(value = "0001", environments = "private-constructor")
    static class PrivateConstructor implements MigrationAction {
        private PrivateConstructor() {}

        @Override
        public void migrate() {}
    }

    @Transactional
    abstract static class FinalMethodBase implements MigrationAction {
        @Override
        public final void migrate() {}
    }

    @Migration(value = "0001", environments = "final-method")
    static class FinalMethod extends FinalMethodBase {}

    @Migration(value = "0001", environments = "enum")
    enum Constants implements MigrationAction {
        ONE;

        @Override
        public void migrate() {}
    }
}
