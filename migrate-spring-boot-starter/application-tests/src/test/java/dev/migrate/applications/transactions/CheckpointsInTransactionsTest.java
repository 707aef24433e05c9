package dev.migrate.applications.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationContext;
import dev.migrate.spring.transaction.TransactionSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class CheckpointsInTransactionsTest {

    private final PlatformTransactionManager transactions =
            new DataSourceTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:checkpoints"));
    private final Saved saved = new Saved();
    private final MigrationContext context = TransactionSupport.contextFor(saved);

    /** What the ledger would be given. */
    private static final class Saved implements MigrationContext {

        private final List<String> checkpoints = new ArrayList<>(List.of("start"));
        private long progress;

        @Override
        public Optional<String> lastCheckpoint() {
            return Optional.of(checkpoints.get(checkpoints.size() - 1));
        }

        @Override
        public void saveCheckpoint(String checkpoint) {
            checkpoints.add(checkpoint);
        }

        @Override
        public void reportProgress(long done, long total) {
            progress = done;
        }

        @Override
        public boolean isCancelled() {
            return true;
        }
    }

    private void inTransaction(int propagation, Runnable work) {
        var template = new TransactionTemplate(transactions);
        template.setPropagationBehavior(propagation);
        template.executeWithoutResult(status -> work.run());
    }

    private void inTransaction(Runnable work) {
        inTransaction(TransactionDefinition.PROPAGATION_REQUIRED, work);
    }

    private static RuntimeException failure() {
        return new IllegalStateException("rolls back");
    }

    private void rollBack(int propagation, Runnable work) {
        assertThatThrownBy(() -> inTransaction(propagation, () -> {
                    work.run();
                    throw failure();
                }))
                .hasMessage("rolls back");
    }

    @Test
    void without_a_transaction_a_checkpoint_takes_effect_at_once() {
        context.saveCheckpoint("1");
        inTransaction(TransactionDefinition.PROPAGATION_SUPPORTS, () -> {
            context.saveCheckpoint("2");
            assertThat(saved.checkpoints).containsExactly("start", "1", "2");
        });
        assertThat(context.lastCheckpoint()).contains("2");
        assertThat(context.isCancelled()).isTrue();
    }

    @Test
    void the_last_checkpoint_of_a_transaction_takes_effect_at_its_commit() {
        inTransaction(() -> {
            assertThat(context.lastCheckpoint()).contains("start");
            context.saveCheckpoint("1");
            inTransaction(() -> context.saveCheckpoint("2")); // joins it
            assertThat(context.lastCheckpoint()).contains("2");
            assertThat(saved.checkpoints).containsExactly("start");
        });
        assertThat(saved.checkpoints).containsExactly("start", "2");
        inTransaction(() -> context.saveCheckpoint("3"));
        assertThat(saved.checkpoints).containsExactly("start", "2", "3");
    }

    @Test
    void a_rollback_discards_it() {
        rollBack(TransactionDefinition.PROPAGATION_REQUIRED, () -> context.saveCheckpoint("1"));
        assertThat(saved.checkpoints).containsExactly("start");
        assertThat(context.lastCheckpoint()).contains("start");
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            context.saveCheckpoint("2");
            status.setRollbackOnly();
        });
        assertThat(saved.checkpoints).containsExactly("start");
    }

    @Test
    void it_belongs_to_the_transaction_that_is_active_when_it_is_saved() {
        rollBack(TransactionDefinition.PROPAGATION_REQUIRED, () -> {
            context.saveCheckpoint("outer");
            inTransaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW, () -> {
                assertThat(context.lastCheckpoint()).contains("start");
                context.saveCheckpoint("inner");
            });
            assertThat(saved.checkpoints).containsExactly("start", "inner");
            assertThat(context.lastCheckpoint()).contains("outer");
        });
        assertThat(saved.checkpoints).containsExactly("start", "inner");
        inTransaction(() -> {
            context.saveCheckpoint("outer");
            rollBack(TransactionDefinition.PROPAGATION_REQUIRES_NEW, () -> context.saveCheckpoint("new"));
            inTransaction(TransactionDefinition.PROPAGATION_NOT_SUPPORTED, () -> context.saveCheckpoint("none"));
            assertThat(saved.checkpoints).containsExactly("start", "inner", "none");
        });
        assertThat(saved.checkpoints).containsExactly("start", "inner", "none", "outer");
    }

    @Test
    void a_rollback_to_a_savepoint_discards_what_was_saved_since() {
        inTransaction(() -> {
            rollBack(TransactionDefinition.PROPAGATION_NESTED, () -> context.saveCheckpoint("first"));
            assertThat(context.lastCheckpoint()).contains("start");
        });
        assertThat(saved.checkpoints).containsExactly("start");
        inTransaction(() -> {
            context.saveCheckpoint("1");
            rollBack(TransactionDefinition.PROPAGATION_NESTED, () -> context.saveCheckpoint("2"));
        });
        assertThat(saved.checkpoints).containsExactly("start", "1");
        inTransaction(() -> inTransaction(TransactionDefinition.PROPAGATION_NESTED, () -> context.saveCheckpoint("3")));
        assertThat(saved.checkpoints).containsExactly("start", "1", "3");
    }

    @Test
    void it_takes_effect_although_something_fails_after_the_commit() {
        assertThatThrownBy(() -> inTransaction(() -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            throw failure();
                        }
                    });
                    context.saveCheckpoint("1");
                }))
                .hasMessage("rolls back");
        assertThat(saved.checkpoints).containsExactly("start", "1");
    }

    @Test
    void progress_is_reported_at_once() {
        rollBack(TransactionDefinition.PROPAGATION_REQUIRED, () -> {
            context.reportProgress(7, 10);
            assertThat(saved.progress).isEqualTo(7);
        });
    }

    @Test
    void another_thread_has_no_part_in_the_transaction() {
        inTransaction(() -> {
            Thread other = new Thread(() -> context.saveCheckpoint("other"));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(saved.checkpoints).containsExactly("start", "other");
        });
    }

    @Test
    void a_checkpoint_that_is_too_long_is_refused_where_it_is_saved() {
        inTransaction(() -> assertThatThrownBy(
                        () -> context.saveCheckpoint("x".repeat(MigrationContext.MAX_CHECKPOINT_BYTES + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Save where to go on"));
        assertThat(saved.checkpoints).containsExactly("start");
    }
}
