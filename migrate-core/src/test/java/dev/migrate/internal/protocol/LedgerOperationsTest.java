package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.ReversibleAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.HistoryEntry;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.operations.LedgerOperations;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.internal.plan.CommandRefusedException;
import dev.migrate.internal.plan.PlannedMigration;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.plan.StartPlan;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.MigrationReport;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator does: revert, say that something had finished, allow another start, count as applied, look. */
@Timeout(60)
class LedgerOperationsTest {

    private static final EnvironmentName DEV = new EnvironmentName("odin-dev");
    private static final Operator ANA = new Operator(new Owner("laptop", 7, null), "ana");
    private static final MigrationId ONE = MigrationId.of("0001");
    private static final MigrationId TWO = MigrationId.of("0002");
    private static final MigrationId THREE = MigrationId.of("0003");

    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final List<MigrationEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final LedgerOperations desk = new LedgerOperations(objects, DEV, Duration.ofSeconds(1));

    private record Given(MigrationId id, MigrationAction action) implements MigrationDefinition {

        @Override
        public String name() {
            return "M" + id;
        }

        @Override
        public boolean rerunnable() {
            return false;
        }

        @Override
        public String origin() {
            return "test.M" + id;
        }

        @Override
        public Class<? extends MigrationAction> type() {
            return action.getClass();
        }
    }

    /** An action with both ways. */
    private final class Both implements ReversibleAction {
        private final MigrationId id;
        private final Runnable revert;

        Both(MigrationId id, Runnable revert) {
            this.id = id;
            this.revert = revert;
        }

        @Override
        public void migrate() {
            ran.add("+" + id);
        }

        @Override
        public void revert() {
            ran.add("-" + id);
            revert.run();
        }
    }

    private MigrationDefinition both(MigrationId id) {
        return both(id, () -> {});
    }

    private MigrationDefinition both(MigrationId id, Runnable revert) {
        return new Given(id, new Both(id, revert));
    }

    private MigrationDefinition oneWay(MigrationId id) {
        return new Given(id, () -> ran.add("+" + id));
    }

    private MigrationDefinition failing(MigrationId id) {
        return new Given(id, () -> {
            throw new IllegalStateException("no cars");
        });
    }

    private RunnerSettings settings(String deployment) {
        RunnerSettings usual = RunnerSettings.builder(DEV, new Owner("here", 1, null))
                .deployment(deployment)
                .lease(Duration.ofSeconds(1))
                .shutdownGrace(Duration.ofMillis(200))
                .build();
        return usual.failFast(Duration.ofSeconds(1));
    }

    /** A second of the lease is a tenth of one here. */
    private static final FastClock HURRY = new FastClock(10);

    private MigrationRunner runner(String deployment, MigrationDefinition... migrations) {
        return runner(objects, deployment, migrations);
    }

    private MigrationRunner runner(ObjectStore store, String deployment, MigrationDefinition... migrations) {
        return new MigrationRunner(
                store,
                List.of(migrations),
                settings(deployment),
                MigrationListener.of(events::add),
                HURRY,
                HURRY::real);
    }

    private void applied(MigrationDefinition... migrations) {
        MigrationReport report = runner("d1", migrations).run();
        assertThat(report.total()).isEqualTo(migrations.length);
        ran.clear();
    }

    private List<MigrationId> appliedIds() {
        return desk.report().state().applied().stream()
                .map(AppliedMigration::id)
                .toList();
    }

    private List<String> history(MigrationId id) {
        return desk.report().state().attempts().stream()
                .filter(past -> past.id().equals(id))
                .map(HistoryEntry::type)
                .toList();
    }

    /** Leaves a claim behind whose owner is gone, as a crash does. */
    private void crashed(MigrationId id, boolean whileReverting) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Runnable hang = () -> {
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        MigrationDefinition migration = whileReverting ? both(id, hang) : new Given(id, (MigrationAction) hang::run);
        Thread owner = new Thread(() -> {
            MigrationRunner runner = new MigrationRunner(
                    dying(begun), List.of(migration), settings("d1"), MigrationListener.of(e -> {}));
            MigrationReport unused =
                    whileReverting ? runner.revert(RevertTarget.last(), ANA, "a mistake") : runner.run();
        });
        owner.setDaemon(true);
        owner.start();
        begun.await();
    }

    /** A store that answers until an action has begun, and never again. */
    private ObjectStore dying(CountDownLatch begun) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    if (begun.getCount() == 0) {
                        new CountDownLatch(1).await();
                    }
                    return called(method, args);
                });
    }

    private Object called(java.lang.reflect.Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(objects, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private boolean receipt(MigrationId id) {
        return objects.read("odin-dev/" + id) instanceof ReadResult.Found;
    }

    // Reverting

    @Test
    void a_revert_starts_with_the_last_migration_and_reports_each() {
        applied(both(ONE), both(TWO), both(THREE));
        MigrationReport report =
                runner("d1", both(ONE), both(TWO), both(THREE)).revert(RevertTarget.to(ONE), ANA, "a mistake");
        assertThat(ran).containsExactly("-0003", "-0002");
        assertThat(report.reverted()).extracting(of -> of.id()).containsExactly(THREE, TWO);
        assertThat(appliedIds()).containsExactly(ONE);
        assertThat(receipt(TWO)).isFalse();
        assertThat(receipt(ONE)).isTrue();
        assertThat(history(THREE)).containsExactly("APPLIED", "REVERT");
        HistoryEntry act = desk.report().state().attempts().get(1);
        assertThat(act.by()).isEqualTo(ANA);
        assertThat(act.reason()).isEqualTo("a mistake");
        assertThat(events).filteredOn(MigrationEvent.Reverted.class::isInstance).hasSize(2);
        ran.clear();
        applied(both(ONE), both(TWO), both(THREE));
        assertThat(appliedIds()).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void a_reverted_migration_runs_again_despite_its_history_in_the_ledger() {
        applied(both(ONE));
        MigrationReport reverted = runner("d1", both(ONE)).revert(RevertTarget.last(), ANA, "a mistake");
        assertThat(reverted.reverted()).hasSize(1);
        MigrationReport again = runner("d1", both(ONE)).run();
        assertThat(again.applied()).hasSize(1);
        assertThat(ran).containsExactly("-0001", "+0001");
    }

    @Test
    void nothing_is_reverted_if_one_migration_cannot_be() {
        applied(oneWay(ONE), both(TWO));
        assertThatThrownBy(() -> runner("d1", oneWay(ONE), both(TWO)).revert(RevertTarget.all(), ANA, "a mistake"))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("0001 M0001 cannot be reverted")
                .hasMessageContaining("Nothing was reverted");
        assertThatThrownBy(() -> runner("d1", both(TWO)).revert(RevertTarget.all(), ANA, "a mistake"))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("this build has no such migration");
        assertThat(ran).isEmpty();
        assertThat(appliedIds()).containsExactly(ONE, TWO);
    }

    @Test
    void a_migration_that_is_not_applied_cannot_be_reverted() {
        assertThatThrownBy(() -> runner("d1", both(ONE)).revert(RevertTarget.last(), ANA, "a mistake"))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("no ledger of odin-dev");
        applied(both(ONE));
        assertThatThrownBy(() -> runner("d1", both(ONE), both(TWO)).revert(RevertTarget.to(TWO), ANA, "a mistake"))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("0002 is not applied");
    }

    @Test
    void a_revert_is_refused_with_a_message_while_a_verdict_blocks() {
        applied(both(ONE));
        assertThatThrownBy(() -> runner("d1", both(ONE), failing(TWO)).run())
                .isInstanceOf(MigrationsBlockedException.class)
                .message()
                .doesNotContain("reverted");
        assertThatThrownBy(() -> runner("d1", both(ONE), failing(TWO)).revert(RevertTarget.last(), ANA, null))
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageStartingWith(
                        "Nothing was reverted, because an operator must first decide on an earlier verdict.")
                .hasMessageContaining("0002 M0002");
        assertThat(appliedIds()).containsExactly(ONE);
    }

    @Test
    void a_failed_revert_blocks_every_start_until_a_further_revert_or_an_operator_command() {
        applied(both(ONE));
        MigrationDefinition bad = both(ONE, () -> {
            throw new IllegalStateException("locked");
        });
        assertThatThrownBy(() -> runner("d1", bad).revert(RevertTarget.last(), ANA, "a mistake"))
                .isInstanceOf(MigrationsBlockedException.class);
        assertThatThrownBy(() -> runner("d2", both(ONE)).run())
                .as("another deployment does not run on what is reverted in part")
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("locked");
        MigrationReport report = runner("d1", both(ONE)).revert(RevertTarget.last(), ANA, "a mistake");
        assertThat(report.reverted()).hasSize(1);
        assertThat(history(ONE)).containsExactly("FAILED", "APPLIED", "REVERT");
    }

    @Test
    void a_crash_during_a_revert_leaves_a_verdict_that_an_operator_resolves() throws InterruptedException {
        applied(both(ONE));
        crashed(ONE, true);
        assertThatThrownBy(() -> runner("d1", both(ONE)).revert(RevertTarget.last(), ANA, "a mistake"))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("is being reverted")
                .hasMessageContaining("here, process 1");
        assertThatThrownBy(() -> runner("d2", both(ONE)).run())
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("interrupted");
        assertThatThrownBy(() -> runner("d2", both(ONE)).revert(RevertTarget.last(), ANA, "a mistake"))
                .isInstanceOf(MigrationsBlockedException.class);
        LedgerState pending = desk.resolve(ONE, ANA, "looked into the table");
        assertThat(pending.applied()).isEmpty();
        assertThat(receipt(ONE)).isFalse();
        assertThat(history(ONE)).containsExactly("INTERRUPTED", "APPLIED", "RESOLVE");
    }

    @Test
    void after_a_crash_during_a_revert_an_operator_can_declare_the_migration_applied() throws InterruptedException {
        applied(both(ONE));
        crashed(ONE, true);
        assertThatThrownBy(() -> runner("d2", both(ONE)).run()).isInstanceOf(MigrationsBlockedException.class);
        LedgerState as = desk.retry(ONE, ANA, null);
        assertThat(as.applied(ONE)).isPresent();
        assertThat(runner("d2", both(ONE)).run().applied()).isEmpty();
        assertThat(runner("d2", both(ONE))
                        .revert(RevertTarget.last(), ANA, "a mistake")
                        .reverted())
                .hasSize(1);
    }

    @Test
    void a_partly_reverted_migration_blocks_a_start_even_after_a_build_without_it_has_continued()
            throws InterruptedException {
        applied(both(TWO));
        crashed(TWO, true);
        assertThat(runner("d3", oneWay(ONE)).run().applied()).hasSize(1);
        assertThat(history(TWO)).containsExactly("INTERRUPTED");
        assertThatThrownBy(() -> runner("d4", oneWay(ONE), both(TWO)).run())
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("interrupted");
        objects.delete("odin-dev/0002", ((ReadResult.Found) objects.read("odin-dev/0002")).version());
        assertThat(runner("d4", oneWay(ONE), both(TWO)).run().applied()).hasSize(1);
        assertThat(history(TWO)).containsExactly("INTERRUPTED", "APPLIED", "REVERT");
        assertThat(appliedIds()).containsExactly(ONE, TWO);
    }

    @Test
    void who_undid_and_comes_late_says_so_also_after_a_build_without_it_has_gone_on() {
        applied(both(ONE));
        boolean[] armed = {false};
        ObjectStore heldUp =
                before(armed, () -> assertThat(runner("d3", oneWay(TWO)).run().applied())
                        .hasSize(1));
        MigrationDefinition reverted = both(ONE, () -> armed[0] = true);
        MigrationRunner late = runner(heldUp, "d1", reverted);
        assertThat(late.revert(RevertTarget.last(), ANA, "a mistake").reverted())
                .hasSize(1);
        assertThat(appliedIds()).containsExactly(TWO);
        assertThat(receipt(ONE)).isFalse();
        assertThat(history(ONE)).containsExactly("INTERRUPTED", "APPLIED", "REVERT");
    }

    /** A store in which something happens just before the receipt of the first migration is looked at, once. */
    private ObjectStore before(boolean[] armed, Runnable happens) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    if (armed[0] && method.getName().equals("read") && args[0].equals("odin-dev/0001")) {
                        armed[0] = false;
                        happens.run();
                    }
                    return called(method, args);
                });
    }

    @Test
    void who_undid_and_comes_late_takes_no_receipt_away_that_was_written_since() {
        applied(both(ONE));
        boolean[] armed = {false};
        ObjectStore heldUp = before(armed, () -> {
            assertThatThrownBy(() -> runner("d2", both(ONE)).run()).isInstanceOf(MigrationsBlockedException.class);
            LedgerState pending = desk.resolve(ONE, ANA, "it was reverted");
            assertThat(pending.applied()).isEmpty();
            applied(both(ONE));
        });
        MigrationDefinition reverted = both(ONE, () -> armed[0] = true);
        MigrationRunner late = runner(heldUp, "d1", reverted);
        assertThatThrownBy(() -> late.revert(RevertTarget.last(), ANA, "a mistake"))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("is applied again");
        assertThat(appliedIds()).containsExactly(ONE);
        assertThat(receipt(ONE)).isTrue();
    }

    @Test
    void resolve_deletes_no_receipt_that_was_written_since() throws InterruptedException {
        applied(both(ONE));
        crashed(ONE, true);
        assertThatThrownBy(() -> runner("d2", both(ONE)).run()).isInstanceOf(MigrationsBlockedException.class);
        LedgerOperations slow = new LedgerOperations(
                before(new boolean[] {true}, () -> applied(both(ONE))), DEV, Duration.ofSeconds(1));
        LedgerState pending = slow.resolve(ONE, ANA, "it was reverted");
        assertThat(pending.applied()).isEmpty();
        assertThat(appliedIds()).containsExactly(ONE);
        assertThat(receipt(ONE)).isTrue();
    }

    // Deciding

    @Test
    void an_interrupted_migration_is_resolved_or_retried_and_the_ledger_names_the_operator()
            throws InterruptedException {
        crashed(ONE, false);
        assertThatThrownBy(() -> desk.resolve(ONE, ANA, null))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("is running")
                .hasMessageContaining("here, process 1");
        assertThatThrownBy(() -> runner("d1", oneWay(ONE)).run()).isInstanceOf(MigrationsBlockedException.class);
        LedgerState retried = desk.retry(ONE, ANA, "its task is gone");
        HistoryEntry act = retried.attempts().get(1);
        assertThat(act.type()).isEqualTo("RETRY");
        assertThat(act.by()).isEqualTo(ANA);
        assertThat(act.reason()).isEqualTo("its task is gone");
        assertThat(runner("d1", oneWay(ONE)).run().applied()).hasSize(1);
    }

    @Test
    void a_failure_that_was_mended_by_hand_counts_as_applied() {
        assertThatThrownBy(() -> runner("d1", failing(ONE), oneWay(TWO)).run())
                .isInstanceOf(MigrationsBlockedException.class);
        LedgerState resolved = desk.resolve(ONE, ANA, null);
        assertThat(resolved.applied(ONE)).isPresent();
        assertThat(receipt(ONE)).isTrue();
        MigrationReport next = runner("d1", failing(ONE), oneWay(TWO)).run();
        assertThat(next.applied()).extracting(AppliedMigration::id).containsExactly(TWO);
    }

    @Test
    void there_is_nothing_to_decide_about_what_is_pending_or_applied() {
        applied(oneWay(ONE));
        long before = desk.report().state().revision();
        for (MigrationId id : List.of(ONE, TWO)) {
            assertThatThrownBy(() -> desk.resolve(id, ANA, null))
                    .isInstanceOf(CommandRefusedException.class)
                    .hasMessageContaining("nothing to resolve");
            assertThatThrownBy(() -> desk.retry(id, ANA, null)).isInstanceOf(CommandRefusedException.class);
        }
        assertThat(desk.report().state().revision()).isEqualTo(before);
    }

    @Test
    void an_applied_migration_whose_receipt_was_taken_away_runs_again_when_a_person_says_so() {
        applied(oneWay(ONE));
        objects.delete("odin-dev/0001", ((ReadResult.Found) objects.read("odin-dev/0001")).version());
        assertThat(desk.report().withoutReceipt()).containsExactly(ONE);
        assertThat(runner("d2", oneWay(ONE)).run().applied())
                .as("not by itself")
                .isEmpty();
        LedgerState pending = desk.retry(ONE, ANA, null);
        assertThat(pending.applied()).isEmpty();
        assertThat(runner("d2", oneWay(ONE)).run().applied()).hasSize(1);
    }

    // Counting as applied

    @Test
    void what_is_stamped_never_runs() {
        List<MigrationDefinition> all = List.of(oneWay(ONE), oneWay(TWO), oneWay(THREE));
        assertThat(desk.stamp(all, TWO, ANA, "moved from the old system")).containsExactly(ONE, TWO);
        assertThat(receipt(TWO)).isTrue();
        MigrationReport report =
                runner("d1", all.toArray(MigrationDefinition[]::new)).run();
        assertThat(report.applied()).extracting(AppliedMigration::id).containsExactly(THREE);
        assertThat(history(TWO)).containsExactly("STAMP");
        assertThat(desk.stamp(all, THREE, ANA, null)).isEmpty();
        assertThatThrownBy(() -> desk.stamp(all, MigrationId.of("0009"), ANA, null))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("no migration 0009");
    }

    @Test
    void a_stamp_is_refused_during_a_revert_and_names_the_owner() throws InterruptedException {
        applied(both(ONE));
        crashed(ONE, true);
        assertThatThrownBy(() -> desk.stamp(List.of(both(ONE), both(TWO)), TWO, ANA, null))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("here, process 1");
    }

    @Test
    void a_stamp_gets_past_a_verdict() {
        assertThatThrownBy(() -> runner("d1", failing(ONE)).run()).isInstanceOf(MigrationsBlockedException.class);
        assertThat(desk.stamp(List.of(failing(ONE)), ONE, ANA, null)).containsExactly(ONE);
        assertThat(desk.report().state().halted()).isNull();
        assertThat(runner("d1", failing(ONE)).run().applied()).isEmpty();
        assertThat(history(ONE)).containsExactly("FAILED", "STAMP");
    }

    // Looking

    @Test
    void looking_writes_nothing_not_even_where_there_is_no_ledger() {
        LedgerOperations readOnly = new LedgerOperations(readOnly(), DEV, Duration.ofSeconds(1));
        assertThat(readOnly.report().exists()).isFalse();
        String unused = objects.create("odin-dev/0001", new byte[0]);
        LedgerReport odin = readOnly.report();
        assertThat(odin.state().applied()).extracting(AppliedMigration::id).containsExactly(ONE);
        assertThat(odin.exists()).isFalse();
        assertThatThrownBy(() -> readOnly.stamp(List.of(oneWay(TWO)), TWO, ANA, null))
                .hasMessageContaining("read-only");
    }

    @Test
    void what_a_receipt_settles_is_seen_as_the_next_start_takes_it_and_the_register_as_it_is() {
        assertThatThrownBy(() -> runner("d1", failing(ONE), oneWay(TWO)).run())
                .isInstanceOf(MigrationsBlockedException.class);
        LedgerOperations looking = new LedgerOperations(readOnly(), DEV, Duration.ofSeconds(1));
        assertThat(looking.report().reconciled()).isEqualTo(looking.report().state());
        String unused = objects.create("odin-dev/0001", new byte[0]);

        LedgerReport facts = looking.report();
        assertThat(facts.state().halted()).isNotNull();
        assertThat(facts.reconciled().halted()).isNull();
        assertThat(facts.reconciled().applied())
                .extracting(AppliedMigration::id)
                .containsExactly(ONE);
        assertThat(looking.reconciled().applied()).isEqualTo(facts.reconciled().applied());
        assertThat(looking.state().applied()).isEmpty();
    }

    @Test
    void a_receipt_that_names_nothing_is_of_the_attempt_that_failed() {
        assertThatThrownBy(() -> runner("d1", failing(ONE)).run()).isInstanceOf(MigrationsBlockedException.class);
        String unused = objects.create("odin-dev/0001", new byte[0]);
        assertThat(desk.reconciled().applied(ONE).orElseThrow().attempt().name())
                .as("so that another name in a later build is seen")
                .isEqualTo(desk.state().verdict(ONE).orElseThrow().attempt().name())
                .isNotNull();
    }

    @Test
    void a_receipt_settles_also_what_a_person_has_allowed_to_run_again() {
        assertThatThrownBy(() -> runner("d1", failing(ONE)).run()).isInstanceOf(MigrationsBlockedException.class);
        LedgerState retried = desk.retry(ONE, ANA, null);
        assertThat(desk.reconciled()).isEqualTo(retried);
        String unused = objects.create("odin-dev/0001", new byte[0]);
        assertThat(desk.reconciled().applied()).extracting(AppliedMigration::id).containsExactly(ONE);
        assertThat(desk.report().reconciled()).isEqualTo(desk.reconciled());
        assertThat(runner("d1", oneWay(ONE)).run().applied())
                .as("as a start does")
                .isEmpty();
    }

    @Test
    void a_receipt_of_a_reverted_attempt_settles_nothing() {
        applied(both(ONE));
        ReadResult.Found receipt = (ReadResult.Found) objects.read("odin-dev/0001");
        MigrationReport unused = runner("d1", both(ONE)).revert(RevertTarget.last(), ANA, null);
        assertThatThrownBy(() -> runner("d1", failing(ONE)).run()).isInstanceOf(MigrationsBlockedException.class);
        String old = objects.create("odin-dev/0001", receipt.content());

        assertThat(old).isNotEmpty();
        assertThat(desk.report().reconciled().halted()).isNotNull();
        assertThat(desk.reconciled().applied()).isEmpty();
    }

    @Test
    void a_retry_that_runs_is_not_settled_by_a_receipt() {
        register(
                """
                {"format": 1, "environment": "odin-dev", "revision": 1, "nonce": "n", "applied": [],
                 "running": {"id": "0001", "attempt": 2, "token": "b", "leaseMillis": 60000, "beat": 1},
                 "attempts": [{"id": "0001", "attempt": 1, "token": "a", "what": "FAILED"}]}
                """);
        String unused = objects.create("odin-dev/0001", new byte[0]);
        assertThat(desk.reconciled()).isEqualTo(desk.state());
    }

    @Test
    void a_revert_attempt_with_missing_fields_is_not_settled() {
        register(
                """
                {"format": 1, "environment": "odin-dev", "revision": 1, "nonce": "n",
                 "applied": [{"id": "0001", "attempt": 1}],
                 "attempts": [{"id": "0001", "attempt": 1, "what": "FAILED", "reverts": true},
                  {"id": "0002", "attempt": 1, "token": "t", "what": "FAILED", "reverts": true}]}
                """);
        assertThat(desk.state().verdict(ONE)).isPresent();
        assertThat(desk.state().verdict(TWO)).isPresent();
        assertThat(desk.reconciled()).isEqualTo(desk.state());
    }

    private void register(String json) {
        String unused = objects.create("odin-dev/ledger.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectStore readOnly() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    if (List.of("create", "replace", "delete").contains(method.getName())) {
                        throw new NonTransientStoreException("read-only", "Nothing.", null);
                    }
                    return called(method, args);
                });
    }

    @Test
    void a_store_that_does_not_answer_is_not_asked_for_ever() {
        ObjectStore dead = (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    throw new StoreUnavailableException("no route", null);
                });
        assertThatThrownBy(() -> new LedgerOperations(dead, DEV, Duration.ofMillis(300)).report())
                .isInstanceOf(StoreUnavailableException.class);
        RunnerSettings settings = settings("d1").failFast(Duration.ofMillis(300));
        assertThatThrownBy(() ->
                        new MigrationRunner(dead, List.of(oneWay(ONE)), settings, MigrationListener.of(e -> {})).run())
                .isInstanceOf(MigrationsBlockedException.class)
                .hasMessageContaining("no route");
    }

    // What would run

    @Test
    void a_plan_says_what_would_run_and_why() {
        applied(oneWay(ONE));
        List<MigrationDefinition> all = List.of(oneWay(ONE), oneWay(TWO), oneWay(THREE));
        List<PlannedMigration> planned =
                StartPlan.of(all, desk.report().state(), settings("d1")).migrations();
        assertThat(planned)
                .extracting(PlannedMigration::action)
                .containsExactly(
                        PlannedMigration.PlannedAction.SKIP,
                        PlannedMigration.PlannedAction.RUN,
                        PlannedMigration.PlannedAction.RUN);
        List<PlannedMigration> partly = StartPlan.of(
                        all, desk.report().state(), settings("d1").upTo(TWO))
                .migrations();
        assertThat(partly)
                .extracting(PlannedMigration::reason)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("applied at"),
                        two -> assertThat(two).isEqualTo("pending"),
                        three -> assertThat(three).isEqualTo("above the last requested migration"));
    }

    @Test
    void a_plan_shows_what_blocks_it() {
        assertThatThrownBy(() -> runner("d1", failing(ONE), oneWay(TWO)).run())
                .isInstanceOf(MigrationsBlockedException.class);
        LedgerState state = desk.report().state();
        assertThat(state.halted().outcome()).isEqualTo(Outcome.FAILED);
        List<MigrationDefinition> all = List.of(failing(ONE), oneWay(TWO));
        assertThat(StartPlan.of(all, state, settings("d1")).migrations())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.action()).isEqualTo(PlannedMigration.PlannedAction.BLOCKED))
                .allSatisfy(row -> assertThat(row.reason()).contains("0001 M0001 is FAILED"));
        assertThat(StartPlan.of(all, state, settings("d2")).migrations())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.action()).isEqualTo(PlannedMigration.PlannedAction.RUN))
                .first()
                .satisfies(
                        row -> assertThat(row.reason()).contains("attempt 1 was FAILED", "this deployment retries it"));
    }

    @Test
    void a_run_up_to_a_migration_leaves_the_rest_pending_and_gives_nothing_up() {
        RunnerSettings two = settings("d1").upTo(TWO);
        List<MigrationDefinition> all = List.of(oneWay(ONE), oneWay(TWO), oneWay(THREE));
        MigrationReport report = new MigrationRunner(objects, all, two, MigrationListener.of(events::add)).run();
        assertThat(report.applied()).extracting(AppliedMigration::id).containsExactly(ONE, TWO);
        assertThat(report.applied()).allSatisfy(done -> assertThat(done.took()).isNotNull());
        assertThat(appliedIds()).containsExactly(ONE, TWO);
    }
}
