package dev.migrate.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An action on its thread. */
@Timeout(30)
class ThreadActionExecutionTest {

    private static final Attempt ATTEMPT =
            new Attempt(MigrationId.of("0042"), "Made", 3, "t", null, null, null, false, Map.of());

    private final Waiter waiter = new Waiter();
    private final List<String> notes = new CopyOnWriteArrayList<>();

    /** Records the code that runs around its action. */
    private record Made(Callable<MigrationAction> making, List<String> notes) implements MigrationDefinition {
        @Override
        public MigrationId id() {
            return MigrationId.of("0042");
        }

        @Override
        public String name() {
            return "Made";
        }

        @Override
        public boolean rerunnable() {
            return false;
        }

        @Override
        public String origin() {
            return "test.Made";
        }

        @Override
        public Class<? extends MigrationAction> type() {
            return MigrationAction.class;
        }

        @Override
        public MigrationAction action() throws Exception {
            return making.call();
        }

        @Override
        public void intercept(Attempt attempt, ActionCall action) throws Exception {
            notes.add(attempt.number() + " on " + Thread.currentThread().getName());
            action.run();
            notes.add("after");
        }
    }

    private ThreadActionExecution start(Callable<MigrationAction> making, @Nullable String checkpoint) {
        return ThreadActionExecution.start(new Made(making, notes), ATTEMPT, checkpoint, waiter);
    }

    private ThreadActionExecution start(MigrationAction action) {
        return start(() -> action, null);
    }

    private ThreadActionExecution ended(ThreadActionExecution work) throws InterruptedException {
        assertThat(waiter.awaitTrue(Duration.ofSeconds(20), work::ended)).isTrue();
        return work;
    }

    @Test
    void an_action_runs_on_a_daemon_thread_that_is_named_after_it() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        ThreadActionExecution work = ended(start(() -> thread.set(Thread.currentThread())));
        assertThat(work.failure()).isNull();
        assertThat(thread.get()).isNotSameAs(Thread.currentThread());
        assertThat(thread.get().getName()).isEqualTo("migration-0042");
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    void the_text_of_its_exception_is_made_on_its_own_thread() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        class Told extends Exception {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                threads.add(Thread.currentThread().getName());
                return "slow";
            }
        }
        Told told = new Told();
        ThreadActionExecution work = ended(start(() -> {
            throw told;
        }));
        assertThat(work.errorText(told, true)).endsWith("Told: slow");
        assertThat(work.errorText(told, false)).doesNotContain("slow");
        assertThat(threads).containsOnly("migration-0042");
    }

    @Test
    void it_has_not_ended_before_it_has() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ThreadActionExecution work = start(go::await);
        assertThat(work.ended()).isFalse();
        assertThat(waiter.awaitTrue(Duration.ofMillis(1), work::ended)).isFalse();
        go.countDown();
        assertThat(ended(work).failure()).isNull();
    }

    @Test
    void what_it_throws_and_what_is_thrown_where_it_is_made_is_its_failure() throws Exception {
        StackOverflowError boom = new StackOverflowError();
        assertThat(ended(start(() -> {
                            throw boom;
                        }))
                        .failure())
                .isSameAs(boom);
        Exception broken = new Exception("no such bean");
        assertThat(ended(start(
                                () -> {
                                    throw broken;
                                },
                                null))
                        .failure())
                .isSameAs(broken);
    }

    @Test
    void the_interceptor_wraps_the_creation_and_the_run_of_the_action() throws Exception {
        ThreadActionExecution work = ended(start(
                () -> {
                    notes.add("made");
                    return () -> notes.add("run");
                },
                null));
        assertThat(work.failure()).isNull();
        assertThat(notes).containsExactly("3 on migration-0042", "made", "run", "after");
    }

    @Test
    void it_is_interrupted_once_however_often_that_is_asked_for() throws Exception {
        AtomicInteger interrupts = new AtomicInteger();
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        ThreadActionExecution work = start(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
            }
            interrupted.countDown();
            asked.await(); // an interrupt would end this with an exception
        });
        assertThat(work.interrupted()).isFalse();
        work.interrupt();
        assertThat(work.interrupted()).isTrue();
        interrupted.await();
        work.interrupt();
        asked.countDown();
        assertThat(ended(work).failure()).isNull();
        assertThat(interrupts).hasValue(1);
    }

    @Test
    void a_resumable_action_sees_its_checkpoint_and_its_cancellation_and_reports_progress() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicReference<Boolean> before = new AtomicReference<>();
        AtomicReference<Boolean> after = new AtomicReference<>();
        AtomicReference<String> from = new AtomicReference<>();
        ResumableAction action = context -> {
            before.set(context.isCancelled());
            from.set(context.lastCheckpoint().orElseThrow());
            context.saveCheckpoint("row 8");
            context.reportProgress(8, 9);
            ready.countDown();
            cancelled.await();
            after.set(context.isCancelled());
        };
        ThreadActionExecution work = start(() -> action, "row 7");
        ready.await();
        work.cancel();
        cancelled.countDown();
        assertThat(ended(work).failure()).isNull();
        assertThat(from).hasValue("row 7");
        assertThat(before).hasValue(false);
        assertThat(after).hasValue(true);
        assertThat(work.lastCheckpoint()).contains("row 8");
        assertThat(work.progress()).isEqualTo(new Progress(8, 9));
    }

    @Test
    void without_a_checkpoint_and_progress_there_is_none() throws Exception {
        ThreadActionExecution work = ended(start(() -> {}));
        assertThat(work.lastCheckpoint()).isEmpty();
        assertThat(work.progress()).isNull();
    }

    @Test
    void a_checkpoint_takes_16_KiB_of_UTF_8_and_not_a_byte_more() throws Exception {
        ResumableAction fits = context -> context.saveCheckpoint("é".repeat(MigrationContext.MAX_CHECKPOINT_BYTES / 2));
        assertThat(ended(start(() -> fits, null)).failure()).isNull();
        ResumableAction tooLong = context -> {
            context.saveCheckpoint("short");
            context.saveCheckpoint("x".repeat(MigrationContext.MAX_CHECKPOINT_BYTES + 1));
        };
        ThreadActionExecution work = ended(start(() -> tooLong, null));
        assertThat(work.failure())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16385 bytes")
                .hasMessageContaining("at most 16384");
        assertThat(work.lastCheckpoint()).contains("short");
    }

    @Test
    void progress_that_cannot_be_is_refused_to_the_action() throws Exception {
        ResumableAction odd = context -> {
            assertThatThrownBy(() -> context.reportProgress(9, 3)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.reportProgress(-1, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.reportProgress(0, -1)).isInstanceOf(IllegalArgumentException.class);
            context.reportProgress(9, 0);
            context.reportProgress(9, 9);
        };
        ThreadActionExecution work = ended(start(() -> odd, null));
        assertThat(work.failure()).isNull();
        assertThat(work.progress()).isEqualTo(new Progress(9, 9));
    }
}
