package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationException;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerException;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.operations.LedgerOperations;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.internal.plan.CommandRefusedException;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.plan.StartPlan;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.internal.store.DirectoryObjectStore;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.MigrationReport;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ledgers without a register: the objects that are named by a number decide what counts as applied. */
class AdoptionTest {

    private static final EnvironmentName DEV = new EnvironmentName("odin-dev");
    private static final Owner HERE = new Owner("here", 1, null);
    private static final Operator BY = new Operator(HERE, "ada");

    private final List<String> ran = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private ObjectStore store = new InMemoryObjectStore();

    private List<MigrationDefinition> build(String... ids) {
        return Stream.of(ids)
                .<MigrationDefinition>map(id -> new TestLedger(MigrationId.of(id), "M" + id, false, () -> ran.add(id)))
                .toList();
    }

    private MigrationRunner runner(String... ids) {
        RunnerSettings settings = RunnerSettings.of(DEV, "d1", HERE).failFast(Duration.ofSeconds(5));
        return new MigrationRunner(store, build(ids), settings, new MigrationListener() {
            @Override
            public void onNotice(MigrationEvent.Notice event) {
                notices.add(event.message());
            }
        });
    }

    private List<String> start(String... ids) {
        ran.clear();
        MigrationReport unused = runner(ids).run();
        return List.copyOf(ran);
    }

    private LedgerOperations desk() {
        return new LedgerOperations(store, DEV, Duration.ofSeconds(5));
    }

    private void put(String name, String content) {
        String unused = store.create("odin-dev/" + name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void remove(String name) {
        ReadResult.Found found = (ReadResult.Found) store.read("odin-dev/" + name);
        store.delete("odin-dev/" + name, found.version());
    }

    @Test
    void odins_single_status_file_covers_every_number_up_to_it() {
        put("0007", "0007");
        assertThat(start("0001", "0002", "0006", "0007", "0008")).containsExactly("0008");
        assertThat(notices).anySatisfy(text -> assertThat(text)
                .contains("0007 is a status file", "ODIN", "up to 0007", "of this build: 0001, 0002, 0006, 0007."));
    }

    @Test
    void a_later_build_with_a_lower_number_does_not_run_it() {
        put("0007", "0007");
        assertThat(start("0007")).isEmpty();
        assertThat(start("0003", "0007", "0009")).containsExactly("0009");
    }

    @Test
    void the_highest_of_several_status_files_counts() {
        put("0003", "");
        put("0007", "anything at all");
        assertThat(start("0001", "0005", "0007", "0008")).containsExactly("0008");
        assertThat(notices).anySatisfy(text -> assertThat(text).contains("0003, 0007 are status files"));
    }

    @Test
    void receipts_of_a_lost_register_count_one_by_one() {
        assertThat(start("0001", "0003")).containsExactly("0001", "0003");
        remove("ledger.json");
        assertThat(start("0001", "0002", "0003")).containsExactly("0002");
        assertThat(notices).anySatisfy(text -> assertThat(text).contains("The receipts 0001, 0003 count as applied"));
    }

    @Test
    void receipts_beside_a_status_file_count_one_by_one_above_it() {
        put("0002", "0002");
        assertThat(start("0001", "0002", "0003", "0005")).containsExactly("0003", "0005");
        remove("ledger.json");
        assertThat(start("0001", "0002", "0003", "0004", "0005")).containsExactly("0004");
    }

    @Test
    void a_receipt_of_a_later_version_is_no_status_file() {
        put("0005", "{\"format\": 2, \"id\": \"0005\"}");
        assertThat(start("0004", "0005")).containsExactly("0004");
    }

    @Test
    void a_status_file_that_disappears_while_it_is_read_is_looked_for_again() {
        put("0006", "0006");
        ObjectStore real = store;
        store = Stores.intercepting(real, (method, args) -> {
            if (method.equals("read") && args[0].equals("odin-dev/0006")) {
                remove(real, "0006");
                String unused = real.create("odin-dev/0007", "0007".getBytes(StandardCharsets.UTF_8));
            }
        });
        assertThat(start("0005", "0006", "0007")).isEmpty();
    }

    private static void remove(ObjectStore store, String name) {
        if (store.read("odin-dev/" + name) instanceof ReadResult.Found found) {
            store.delete("odin-dev/" + name, found.version());
        }
    }

    @Test
    void readers_agree_with_the_start_and_write_nothing() {
        put("0007", "0007");
        LedgerReport facts = desk().report();
        assertThat(facts.exists()).isFalse();
        assertThat(facts.adoption()).contains("up to 0007 counts as applied");
        RunnerSettings settings = RunnerSettings.of(DEV, "d1", HERE);
        assertThat(StartPlan.of(build("0001", "0007", "0008"), facts.reconciled(), settings)
                        .migrations())
                .extracting(planned -> planned.migration().id() + " " + planned.action() + " " + planned.reason())
                .containsExactly(
                        "0001 SKIP applied by another tool, according to its status file 0007",
                        "0007 SKIP applied by another tool, according to its status file 0007",
                        "0008 RUN pending");
        assertThat(desk().reconciled().applied(MigrationId.of("0001"))).isPresent();
        assertThat(store.list("odin-dev", 10)).containsExactly("0007");
        assertThat(facts.withoutReceipt()).isEmpty();
        assertThat(facts.withoutRecord()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0002.txt",
                "3",
                "005",
                "0004/",
                "0010.py",
                "0003-backfill.json",
                "0003_done",
                " 0003",
                "0000000000000000007",
                "\u0660\u0660\u0660\u0663",
                "0003 (1)",
                "0003~"
            })
    void a_name_that_looks_like_a_status_file_blocks_the_start_and_every_reader(String name) {
        store = Stores.listing(store, name, "notes.txt");
        LedgerException refusal = catchRefusal(() -> start("0001", "0002"));
        assertThat(refusal).hasMessageContaining("'" + name + "'").hasMessageNotContaining("notes.txt");
        assertThat(refusal.action()).contains("rename", "move", "stamp");
        assertThat(ran).isEmpty();
        assertThat(catchRefusal(() -> desk().report())).hasMessageContaining(name);
        assertThat(catchRefusal(() -> desk().reconciled())).hasMessageContaining(name);
    }

    private static LedgerException catchRefusal(Runnable call) {
        try {
            call.run();
        } catch (MigrationsBlockedException e) {
            assertThat(e).hasMessageContaining("The ledger cannot be used");
            return new LedgerException(e.getMessage(), e.action());
        } catch (LedgerException e) {
            return e;
        }
        throw new AssertionError("nothing was refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.txt",
                "README.md",
                "V0003__cars.sql",
                "2026-11-27.log",
                "lost+found/",
                "0003abc",
                "migrations/"
            })
    void other_names_do_not_block(String name) {
        store = Stores.listing(store, name);
        assertThat(start("0001")).containsExactly("0001");
    }

    @Test
    void many_doubtful_names_are_shown_in_part_and_printable() {
        String[] names =
                IntStream.range(0, 50).mapToObj(i -> i + ".txt\u001b[2J\r\nx").toArray(String[]::new);
        store = Stores.listing(store, names);
        assertThat(catchRefusal(() -> start("0001")).getMessage())
                .contains("and 40 more")
                .doesNotContain("\u001b", "\n", "\r");
    }

    @Test
    void stamp_decides_in_spite_of_doubtful_names() {
        put("0002.txt", "");
        assertThat(desk().stamp(build("0001", "0002", "0003"), MigrationId.of("0002"), BY, null))
                .hasSize(2);
        assertThat(start("0001", "0002", "0003")).containsExactly("0003");
    }

    @Test
    void with_a_register_no_name_is_in_doubt() {
        assertThat(start("0001")).containsExactly("0001");
        put("0002.txt", "");
        assertThat(start("0001", "0002")).containsExactly("0002");
        assertThat(desk().report().withoutRecord()).isEmpty();
    }

    @Test
    void an_adopted_migration_runs_again_only_after_two_deliberate_acts() {
        put("0007", "0007");
        assertThat(start("0003", "0007")).isEmpty();
        assertThatThrownBy(() -> desk().retry(MigrationId.of("0003"), BY, null))
                .isInstanceOf(CommandRefusedException.class)
                .satisfies(e -> assertThat(((MigrationException) e).action()).contains("odin-dev/0007"));
        remove("0007");
        assertThat(desk().retry(MigrationId.of("0003"), BY, null).applied(MigrationId.of("0003")))
                .isEmpty();
        assertThat(start("0002", "0003", "0007")).containsExactly("0003");
        assertThat(start("0002", "0003", "0007")).isEmpty();
    }

    @Test
    void what_another_tool_applied_is_not_reverted() {
        put("0002", "0002");
        assertThat(start("0001", "0002", "0003")).containsExactly("0003");
        for (RevertTarget target : List.of(RevertTarget.all(), RevertTarget.to(MigrationId.of("0001")))) {
            assertThatThrownBy(() -> target.of(desk().state()))
                    .isInstanceOf(CommandRefusedException.class)
                    .hasMessageContaining("up to 0002");
        }
        assertThat(RevertTarget.last().of(desk().state())).containsExactly(MigrationId.of("0003"));
        assertThat(RevertTarget.to(MigrationId.of("0002")).of(desk().state())).containsExactly(MigrationId.of("0003"));
    }

    @Test
    void the_adopted_number_survives_every_later_write(@TempDir Path folder) throws IOException {
        store = new DirectoryObjectStore(folder);
        Files.createDirectories(folder.resolve("odin-dev"));
        Files.writeString(folder.resolve("odin-dev/0007"), "0007");
        assertThat(start("0007", "0008", "0009")).containsExactly("0008", "0009");
        assertThat(Files.readString(folder.resolve("odin-dev/ledger.json"))).contains("\"adoptedUpTo\": \"0007\"");
        Files.delete(folder.resolve("odin-dev/0007"));
        assertThat(start("0001", "0010")).containsExactly("0010");
    }

    @Test
    void a_folder_named_by_a_number_blocks_a_directory_ledger(@TempDir Path folder) throws IOException {
        store = new DirectoryObjectStore(folder);
        Files.createDirectories(folder.resolve("odin-dev/0004/deeper"));
        assertThat(catchRefusal(() -> start("0001"))).hasMessageContaining("'0004/'");
    }
}
