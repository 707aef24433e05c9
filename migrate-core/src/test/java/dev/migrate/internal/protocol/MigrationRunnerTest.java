package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.plan.RunnerSettings.OnFailure;
import dev.migrate.internal.plan.RunnerSettings.OutOfOrder;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.MigrationReport;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runner as an application sees it: real threads, a real clock, a store in memory. */
@Timeout(60)
class MigrationRunnerTest {

    private static final EnvironmentName DEV = new EnvironmentName("odin-dev");

    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final List<MigrationEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private MigrationDefinition migration(String id, MigrationAction action) {
        return new TestLedger(MigrationId.of(id), "M" + id, false, action);
    }

    private MigrationDefinition migration(String id) {
        return migration(id, () -> ran.add(id));
    }

    private RunnerSettings settings(String deployment, OnFailure onFailure) {
        return settings(deployment, onFailure, Duration.ofSeconds(1), Duration.ofMillis(300));
    }

    /** For what must not come to pass by the clock, however slow the machine is. */
    private RunnerSettings patient(String deployment, OnFailure onFailure) {
        return settings(deployment, onFailure, Duration.ofMinutes(2), Duration.ofMinutes(2));
    }

    private RunnerSettings settings(String deployment, OnFailure onFailure, Duration lease, Duration grace) {
        return RunnerSettings.builder(DEV, new Owner("here", 1, null))
                .deployment(deployment)
                .lease(lease)
                .shutdownGrace(grace)
                .onFailure(onFailure)
                .build();
    }

    private ObjectStore counted() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    if (!method.getName().equals("describe")) {
                        calls.add(method.getName());
                    }
                    try {
                        return method.invoke(objects, args);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private MigrationRunner runner(String deployment, OnFailure onFailure, MigrationDefinition... migrations) {
        return new MigrationRunner(
                counted(), List.of(migrations), settings(deployment, onFailure), MigrationListener.of(events::add));
    }

    private MigrationReport run(String deployment, MigrationDefinition... migrations) {
        return runner(deployment, OnFailure.EXIT, migrations).run();
    }

    private static CompletableFuture<MigrationReport> begin(MigrationRunner runner) {
        return CompletableFuture.supplyAsync(runner::run, command -> new Thread(command).start());
    }

    private void put(String key, String content) {
        String unused = objects.create("odin-dev/" + key, content.getBytes(StandardCharsets.UTF_8));
    }

    private <E> List<E> told(Class<E> type) {
        synchronized (events) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    private void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void runs_what_is_pending_in_order_and_never_again() {
        MigrationReport report = run("d1", migration("0010"), migration("0002"), migration("0001"));
        assertThat(ran).containsExactly("0001", "0002", "0010");
        assertThat(report.applied()).hasSize(3);
        assertThat(objects.list("odin-dev", 10)).containsExactlyInAnyOrder("0001", "0002", "0010", "ledger.json");
        assertThat(run("d1", migration("0010"), migration("0002"), migration("0001"))
                        .applied())
                .isEmpty();
        assertThat(ran).hasSize(3);
    }

    @Test
    void a_start_with_nothing_to_do_reads_once_and_k_migrations_cost_2k_plus_2() {
        assertThat(run("d1", migration("0001")).applied()).hasSize(1);
        calls.clear();
        assertThat(run("d1", migration("0001")).applied()).isEmpty();
        assertThat(calls).containsExactly("read");
        calls.clear();
        List<MigrationDefinition> four =
                List.of(migration("0001"), migration("0002"), migration("0003"), migration("0004"));
        assertThat(new MigrationRunner(
                                counted(), four, patient("d1", OnFailure.EXIT), MigrationListener.of(events::add))
                        .run()
                        .applied())
                .hasSize(3);
        assertThat(calls).hasSize(2 * 3 + 2);
    }

    @Test
    void a_deleted_register_comes_back_from_the_receipts() {
        run("d1", migration("0001"), migration("0002"));
        ReadResult.Found register = (ReadResult.Found) objects.read("odin-dev/ledger.json");
        objects.delete("odin-dev/ledger.json", register.version());
        run("d1", migration("0001"), migration("0002"), migration("0003"));
        assertThat(ran).containsExactly("0001", "0002", "0003");
        assertThatThrownBy(() -> run("d1", new TestLedger(MigrationId.of("0001"), "Renamed", false, () -> {})))
                .as("the receipts brought the names back")
                .isInstanceOf(MigrationDefinitionException.class);
    }

    @Test
    void a_failure_blocks_the_same_deployment_and_another_tries_again() {
        MigrationDefinition bad = migration("0002", () -> {
            ran.add("bad");
            throw new IllegalStateException("boom password=hunter2");
        });
        assertThatThrownBy(() -> run("d1", migration("0001"), bad, migration("0003")))
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("0002 M0002")
                .hasMessageContaining("odin-dev")
                .hasMessageContaining("boom")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> run("d1", migration("0001"), bad, migration("0003")))
                .isInstanceOf(MigrationsBlockedException.class)
                .extracting(e -> ((MigrationsBlockedException) e).action())
                .asString()
                .contains("other than d1, retries the migration");
        assertThat(ran).containsExactly("0001", "bad");
        run("d2", migration("0001"), migration("0002"), migration("0003"));
        assertThat(ran).containsExactly("0001", "bad", "0002", "0003");
    }

    @Test
    void an_action_that_cannot_be_made_or_throws_an_error_fails_like_any_other() {
        MigrationDefinition broken = migration("0001", () -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(() -> run("d1", broken))
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("StackOverflowError");
    }

    @Test
    void a_blocked_start_goes_on_when_an_operator_says_that_an_interrupted_migration_was_done() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        MigrationRunner lost = runner("d1", OnFailure.BLOCK, migration("0001", () -> {
            started.countDown();
            new CountDownLatch(1).await();
        }));
        CompletableFuture<MigrationReport> first = begin(lost);
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        lost.stop();
        assertThatThrownBy(first::get).hasCauseInstanceOf(RunCancelledException.class);
        assertThat(told(MigrationEvent.AttemptFailed.class))
                .singleElement()
                .satisfies(halt -> assertThat(halt.verdict().outcome()).isEqualTo(Outcome.INTERRUPTED));

        MigrationRunner blocked = runner("d2", OnFailure.BLOCK, migration("0001"), migration("0002"));
        CompletableFuture<MigrationReport> second = begin(blocked);
        await(() -> !told(MigrationEvent.Blocked.class).isEmpty());
        assertThat(told(MigrationEvent.Blocked.class).get(0).block().action())
                .contains("MIGRATE_COMMAND='resolve 0001'", "MIGRATE_CONFIRM=odin-dev");
        put("0001", "");
        second.get(30, TimeUnit.SECONDS);
        assertThat(ran).containsExactly("0002");
    }

    @Test
    void an_interrupted_migration_that_is_now_rerunnable_starts_again() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        MigrationRunner lost = runner("d1", OnFailure.BLOCK, migration("0001", () -> {
            started.countDown();
            new CountDownLatch(1).await();
        }));
        CompletableFuture<MigrationReport> first = begin(lost);
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        lost.stop();
        assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> run("d2", migration("0001"))).isInstanceOf(MigrationsBlockedException.class);
        run("d2", new TestLedger(MigrationId.of("0001"), "M0001", true, () -> ran.add("again")));
        assertThat(ran).containsExactly("again");
    }

    @Test
    void stop_gives_a_running_action_its_grace_and_starts_no_other() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        MigrationRunner runner = new MigrationRunner(
                objects,
                List.of(
                        migration("0001", () -> {
                            started.countDown();
                            told.await();
                            ran.add("finished");
                        }),
                        migration("0002")),
                patient("d1", OnFailure.BLOCK),
                MigrationListener.of(event -> {
                    if (event instanceof MigrationEvent.Notice notice
                            && notice.message().contains("Shutdown requested")) {
                        told.countDown();
                    }
                }));
        CompletableFuture<MigrationReport> run = begin(runner);
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        runner.stop();
        assertThatThrownBy(run::get).hasCauseInstanceOf(RunCancelledException.class);
        assertThat(ran).containsExactly("finished");
        run("d1", migration("0001"), migration("0002"));
        assertThat(ran).containsExactly("finished", "0002");
    }

    @Test
    void a_resumable_action_goes_on_from_its_checkpoint() {
        ResumableAction failing = context -> {
            for (int row = 1; row <= 3; row++) {
                context.saveCheckpoint("row " + row);
                context.reportProgress(row, 9);
            }
            throw new IllegalStateException("at row 4");
        };
        assertThatThrownBy(() -> run("d1", migration("0001", failing))).isInstanceOf(MigrationsBlockedException.class);
        ResumableAction rest = context -> ran.add(context.lastCheckpoint().orElseThrow());
        // What is safe to start again needs no new deployment: a later start is enough.
        run("d1", migration("0001", rest));
        assertThat(ran).containsExactly("row 3");
    }

    @Test
    void a_checkpoint_that_is_too_long_is_refused() {
        ResumableAction talkative = context -> context.saveCheckpoint("é".repeat(8 * 1024 + 1));
        assertThatThrownBy(() -> run("d1", migration("0001", talkative)))
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("16386 bytes");
    }

    @Test
    void checkpoints_are_written_while_the_action_runs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ResumableAction slow = context -> {
            context.saveCheckpoint("half");
            end.await();
        };
        CompletableFuture<MigrationReport> run = begin(runner("d1", OnFailure.BLOCK, migration("0001", slow)));
        await(() -> objects.read("odin-dev/ledger.json") instanceof ReadResult.Found found
                && new String(found.content(), StandardCharsets.UTF_8).contains("\"checkpoint\": \"half\""));
        end.countDown();
        run.get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_waiter_waits_as_long_as_the_owner_beats() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<MigrationReport> owner = begin(runner("d1", OnFailure.BLOCK, migration("0001", () -> {
            end.await();
            ran.add("0001");
        })));
        await(() -> !told(MigrationEvent.Started.class).isEmpty());
        CompletableFuture<MigrationReport> waiter = begin(runner("d1", OnFailure.BLOCK, migration("0001")));
        await(() -> !told(MigrationEvent.Waiting.class).isEmpty());
        long beats = told(MigrationEvent.ProgressReported.class).size();
        // Two leases and more.
        await(() -> told(MigrationEvent.ProgressReported.class).size() > beats + 14);
        assertThat(waiter).isNotDone();
        end.countDown();
        owner.get(30, TimeUnit.SECONDS);
        waiter.get(30, TimeUnit.SECONDS);
        assertThat(ran).containsExactly("0001");
        assertThat(told(MigrationEvent.TakenOver.class)).isEmpty();
        assertThat(told(MigrationEvent.Waiting.class)).as("said once a minute").hasSize(1);
    }

    @Test
    void a_rerunnable_migration_is_taken_over_from_an_owner_that_is_cut_off_and_its_first_run_is_interrupted()
            throws Exception {
        AtomicBoolean cut = new AtomicBoolean();
        CountDownLatch interrupted = new CountDownLatch(1);
        MigrationDefinition hanging = new TestLedger(MigrationId.of("0001"), "M0001", true, () -> {
            cut.set(true);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        MigrationRunner owner = new MigrationRunner(
                cutOff(cut), List.of(hanging), settings("d1", OnFailure.BLOCK), MigrationListener.of(event -> {}));
        CompletableFuture<MigrationReport> first = begin(owner);
        await(cut::get);
        MigrationDefinition again = new TestLedger(MigrationId.of("0001"), "M0001", true, () -> ran.add("0001"));
        MigrationReport report = begin(runner("d1", OnFailure.BLOCK, again)).get(30, TimeUnit.SECONDS);
        assertThat(report.applied())
                .singleElement()
                .satisfies(done -> assertThat(done.attempt().number()).isEqualTo(2));
        assertThat(told(MigrationEvent.TakenOver.class)).singleElement().satisfies(taken -> assertThat(
                        taken.running().attempt().number())
                .isEqualTo(1));
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        cut.set(false);
        assertThat(first.get(30, TimeUnit.SECONDS).applied()).isEmpty();
        assertThat(ran).containsExactly("0001");
    }

    /** The store, behind a network that can be cut. */
    private ObjectStore cutOff(AtomicBoolean cut) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    if (cut.get()) {
                        throw new StoreUnavailableException("cut off", null);
                    }
                    try {
                        return method.invoke(objects, args);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void what_would_never_run_as_declared_is_refused_before_anything_is_tried() {
        assertThatThrownBy(() -> run("d1", migration("0001"), migration("00001")))
                .isInstanceOf(MigrationDefinitionException.class)
                .hasMessageContaining("test.M0001 and test.M00001");
        run("d1", migration("0005"));
        calls.clear();
        TestLedger renamed = new TestLedger(MigrationId.of("0005"), "Other", false, () -> {});
        assertThatThrownBy(() -> run("d1", renamed, migration("0006")))
                .isInstanceOf(MigrationDefinitionException.class)
                .hasMessageContaining("'M0005' is applied already")
                .hasMessageContaining("'Other' would never run")
                .extracting(e -> ((MigrationDefinitionException) e).action())
                .asString()
                .contains("name = \"M0005\"");
        assertThat(calls).containsExactly("read");
    }

    @Test
    void a_name_that_another_deployment_applied_while_this_one_waited_is_found_out() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<MigrationReport> owner = begin(runner("d1", OnFailure.BLOCK, migration("0001", end::await)));
        await(() -> !told(MigrationEvent.Started.class).isEmpty());
        TestLedger renamed = new TestLedger(MigrationId.of("0001"), "Renamed", false, () -> {});
        CompletableFuture<MigrationReport> waiter = begin(runner("d2", OnFailure.BLOCK, renamed));
        await(() -> !told(MigrationEvent.Waiting.class).isEmpty());
        end.countDown();
        owner.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> waiter.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(MigrationDefinitionException.class)
                .hasMessageContaining("'Renamed' would never run");
    }

    @Test
    void a_number_of_a_bad_attempt_may_not_be_spelled_otherwise() {
        MigrationDefinition bad = new TestLedger(MigrationId.of("0003"), "M", true, () -> {
            throw new IllegalStateException("boom");
        });
        assertThatThrownBy(() -> run("d1", bad)).isInstanceOf(MigrationsBlockedException.class);
        TestLedger otherwise = new TestLedger(MigrationId.of("00003"), "M", true, () -> ran.add("twice"));
        assertThatThrownBy(() -> run("d1", otherwise))
                .isInstanceOf(MigrationDefinitionException.class)
                .hasMessageContaining("00003, which the ledger knows as 0003");
        assertThat(ran).isEmpty();
    }

    @Test
    void stop_does_not_wait_for_a_store_that_hangs_while_nothing_runs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ObjectStore hangs = (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    asked.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new StoreUnavailableException("interrupted", e);
                    }
                    return null;
                });
        MigrationRunner runner = new MigrationRunner(
                hangs, List.of(migration("0001")), settings("d1", OnFailure.BLOCK), MigrationListener.of(events::add));
        CompletableFuture<MigrationReport> run = begin(runner);
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        long begun = System.nanoTime();
        runner.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(RunCancelledException.class);
    }

    @Test
    void stop_keeps_the_grace_of_a_running_action_though_the_store_hangs() throws Exception {
        AtomicBoolean hang = new AtomicBoolean();
        CountDownLatch release = new CountDownLatch(1);
        ObjectStore slow = (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    if (hang.get()) {
                        release.await();
                    }
                    try {
                        return method.invoke(objects, args);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        CountDownLatch interrupted = new CountDownLatch(1);
        MigrationDefinition plain = migration("0001", () -> {
            hang.set(true);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        MigrationRunner runner = new MigrationRunner(
                slow, List.of(plain), settings("d1", OnFailure.BLOCK), MigrationListener.of(events::add));
        CompletableFuture<MigrationReport> run = begin(runner);
        await(hang::get);
        Thread stop = new Thread(runner::stop);
        stop.start();
        assertThat(interrupted.await(30, TimeUnit.SECONDS))
                .as("after a grace of 300 ms")
                .isTrue();
        hang.set(false);
        release.countDown();
        stop.join();
        assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(RunCancelledException.class);
        assertThat(told(MigrationEvent.AttemptFailed.class))
                .singleElement()
                .satisfies(halt -> assertThat(halt.verdict().outcome()).isEqualTo(Outcome.INTERRUPTED));
    }

    @Test
    void a_failed_migration_that_was_finished_by_hand_counts_as_applied_and_is_not_tried_again() throws Exception {
        MigrationDefinition bad = migration("0001", () -> {
            throw new IllegalStateException("boom");
        });
        MigrationRunner blocked = runner("d1", OnFailure.BLOCK, bad);
        CompletableFuture<MigrationReport> run = begin(blocked);
        await(() -> !told(MigrationEvent.Blocked.class).isEmpty());
        put("0001", "");
        assertThat(run.get(30, TimeUnit.SECONDS).applied()).isEmpty();
        assertThat(told(MigrationEvent.Notice.class))
                .anySatisfy(notice -> assertThat(notice.message()).contains("0001 M0001 counts as applied"));
    }

    @Test
    void a_retry_looks_for_the_receipt_first() {
        MigrationDefinition bad = migration("0001", () -> {
            throw new IllegalStateException("boom");
        });
        assertThatThrownBy(() -> run("d1", bad)).isInstanceOf(MigrationsBlockedException.class);
        put("0001", "");
        assertThat(run("d2", migration("0001")).applied()).isEmpty();
        assertThat(ran).isEmpty();
        assertThatThrownBy(() -> run("d2", new TestLedger(MigrationId.of("0001"), "Other", false, () -> {})))
                .as("the name is that of the attempt that the ledger knew")
                .isInstanceOf(MigrationDefinitionException.class);
    }

    @Test
    void a_number_out_of_order_runs_with_a_warning_or_is_refused() {
        run("d1", migration("0005"));
        RunnerSettings usual = settings("d1", OnFailure.EXIT);
        RunnerSettings strict = RunnerSettings.builder(DEV, usual.owner())
                .deployment("d1")
                .lease(usual.lease())
                .shutdownGrace(usual.shutdownGrace())
                .onFailure(OnFailure.EXIT)
                .outOfOrder(OutOfOrder.REFUSE)
                .build();
        assertThatThrownBy(() -> new MigrationRunner(
                                objects,
                                List.of(migration("0003"), migration("0005")),
                                strict,
                                MigrationListener.of(events::add))
                        .run())
                .isInstanceOf(MigrationDefinitionException.class)
                .hasMessageContaining("0003 M0003")
                .hasMessageContaining("0005 M0005 is applied");
        run("d1", migration("0003"), migration("0005"));
        assertThat(ran).containsExactly("0005", "0003");
        assertThat(told(MigrationEvent.Notice.class))
                .anySatisfy(notice -> assertThat(notice.message()).contains("Out of order", "0003"));
    }

    @Test
    void an_older_build_meets_a_newer_ledger_says_so_and_serves() {
        run("d2", migration("0001"), migration("0002"));
        assertThat(run("d1", migration("0001")).applied()).isEmpty();
        assertThat(told(MigrationEvent.Notice.class))
                .anySatisfy(notice -> assertThat(notice.message()).contains("ahead of this build", "0002"));
    }

    @Test
    void a_migration_without_a_class_is_skipped_and_its_verdict_counts_again_when_the_class_returns() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        MigrationRunner lost = runner("d1", OnFailure.BLOCK, migration("0001", () -> {
            started.countDown();
            new CountDownLatch(1).await();
        }));
        CompletableFuture<MigrationReport> first = begin(lost);
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        lost.stop();
        assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class);
        run("d2", migration("0002"));
        assertThat(ran).containsExactly("0002");
        assertThat(told(MigrationEvent.Notice.class))
                .anySatisfy(notice -> assertThat(notice.message()).contains("given up", "0001"));
        assertThatThrownBy(() -> run("d3", migration("0001"), migration("0002"), migration("0003")))
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("0001 M0001")
                .hasMessageContaining("interrupted");
        assertThat(ran).containsExactly("0002");
    }

    @Test
    void a_listener_that_throws_changes_nothing() {
        MigrationReport report = new MigrationRunner(
                        objects,
                        List.of(migration("0001")),
                        settings("d1", OnFailure.EXIT),
                        MigrationListener.of(event -> {
                            throw new IllegalStateException("a listener of the user");
                        }))
                .run();
        assertThat(report.applied()).hasSize(1);
    }

    @Test
    void any_number_of_runs_in_one_process_do_each_migration_once() throws Exception {
        List<CompletableFuture<MigrationReport>> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(begin(new MigrationRunner(
                    objects,
                    List.of(migration("0001"), migration("0002")),
                    settings("d1", OnFailure.BLOCK, Duration.ofSeconds(5), Duration.ZERO),
                    MigrationListener.of(events::add))));
        }
        int applied = 0;
        for (CompletableFuture<MigrationReport> run : runs) {
            applied += run.get(30, TimeUnit.SECONDS).applied().size();
        }
        assertThat(applied).isEqualTo(2);
        assertThat(ran).containsExactly("0001", "0002");
    }
}
