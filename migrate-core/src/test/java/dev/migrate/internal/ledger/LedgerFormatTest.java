package dev.migrate.internal.ledger;

import static dev.migrate.internal.ledger.LedgerJsonTest.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands in the objects, to the letter; and the receipts, one by one. */
class LedgerFormatTest {

    private static final EnvironmentName DEV = new EnvironmentName("odin-dev");
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final MigrationId ONE = MigrationId.of("0001");
    private static final ReceiptRepository RECEIPTS = new ReceiptRepository(DEV);

    private static String written(LedgerState state) {
        return new String(LedgerJson.write(state, 7, "n"), StandardCharsets.UTF_8);
    }

    @Test
    void what_has_no_value_is_left_out() {
        Attempt bare = new Attempt(ONE, null, 0, null, null, null, new Owner("h", 1, null), false, Map.of());
        LedgerState state = LedgerState.empty(DEV, List.of(new AppliedMigration(bare, null, null)));
        assertThat(written(state).replaceAll("\\s+", ""))
                .isEqualTo("{\"format\":1,\"environment\":\"odin-dev\",\"revision\":7,\"nonce\":\"n\",\"applied\":"
                        + "[{\"id\":\"0001\",\"attempt\":0,\"owner\":{\"host\":\"h\",\"pid\":1}}],\"attempts\":[]}");
        LedgerState running = LedgerState.empty(DEV, List.of())
                .claim(new Attempt(ONE, null, 1, "t", null, null, null, false, Map.of()), Duration.ofMinutes(1));
        assertThat(written(running).replaceAll("\\s+", ""))
                .contains(
                        "\"running\":{\"id\":\"0001\",\"attempt\":1,\"token\":\"t\",\"leaseMillis\":60000,\"beat\":0},");
        assertThat(written(running.fail("t", Outcome.FAILED, null, AT, null)).replaceAll("\\s+", ""))
                .contains("\"halted\":{\"id\":\"0001\",\"attempt\":1,\"token\":\"t\",\"verdict\":\"FAILED\","
                        + "\"at\":\"2026-11-20T10:00:00Z\"},");
    }

    @Test
    void half_a_surrogate_pair_is_written_as_an_escape_and_a_whole_one_as_it_is() {
        Attempt odd = new Attempt(ONE, "a\uD83Db\uDE00c\uD83D\uDE00", 1, "t", null, null, null, false, Map.of());
        String json = written(LedgerState.empty(DEV, List.of(new AppliedMigration(odd, null, null))));
        assertThat(json).contains("\"a\\\\ud83db\\\\ude00c\uD83D\uDE00\"");
    }

    @Test
    void a_receipt_has_the_format_of_this_version_whatever_else_its_attempt_carries() {
        Attempt carries =
                new Attempt(ONE, null, 1, "t", null, null, null, false, Map.of("format", "7", "mood", "\"good\""));
        String json =
                new String(LedgerJson.writeReceipt(new AppliedMigration(carries, AT, null)), StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith("{\n  \"format\": 1,")
                .contains("\"mood\": \"good\"")
                .doesNotContain("7");
    }

    @Test
    void a_text_from_the_ledger_is_shown_short_and_in_one_line() {
        assertThat(JsonFields.shown("a\nb\u0000c\u0085d\u007fe")).isEqualTo("a\\nb\\u0000c\\u0085d\\u007fe");
        assertThat(JsonFields.shown("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(JsonFields.shown("x".repeat(201))).isEqualTo("x".repeat(200) + "…");
    }

    @Test
    void a_value_may_be_nested_200_deep_and_no_deeper() {
        assertThat(ReaderProperties.isRegister(nested(200, "[", "]"))).isTrue();
        assertThat(ReaderProperties.isRegister(nested(200, "{\"a\":", "}"))).isTrue();
        assertThat(ReaderProperties.isRegister(nested(201, "[", "]"))).isFalse();
        assertThat(ReaderProperties.isRegister(nested(201, "{\"a\":", "}"))).isFalse();
    }

    private static byte[] nested(int deep, String open, String close) {
        return ("{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"applied\": [], \"attempts\": [],"
                        + " \"future\": [0, " + open.repeat(deep - 1) + "1" + close.repeat(deep - 1) + ", {}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    // Receipts

    @Test
    void a_receipt_is_written_once_and_the_first_one_holds() {
        InMemoryObjectStore objects = new InMemoryObjectStore();
        AppliedMigration first = new AppliedMigration(attempt("0001", 1, "t1"), AT, null);
        AppliedMigration second = new AppliedMigration(attempt("0001", 2, "t2"), AT, null);
        assertThat(RECEIPTS.find(objects, ONE)).isEmpty();
        assertThat(RECEIPTS.write(objects, first, none -> false)).isEqualTo(first);
        assertThat(RECEIPTS.write(objects, second, none -> false)).isEqualTo(first);
        assertThat(RECEIPTS.find(objects, ONE)).contains(first);
        assertThat(objects.read("odin-dev/0001")).isInstanceOf(ReadResult.Found.class);
    }

    @Test
    void the_list_of_receipts_is_in_order_and_leaves_out_all_else() {
        InMemoryObjectStore objects = new InMemoryObjectStore();
        for (String name : List.of("0010", "0002", "00002", "ledger.json", "12", "notes.txt", "0003x")) {
            assertThat(objects.create("odin-dev/" + name, new byte[0])).isNotEmpty();
        }
        assertThat(objects.create("odin-prod/0099", new byte[0])).isNotEmpty();
        assertThat(RECEIPTS.list(objects)).containsExactly(MigrationId.of("0002"), MigrationId.of("0010"));
    }

    @Test
    void a_folder_with_too_many_objects_is_no_folder_of_receipts() {
        assertThat(RECEIPTS.list(holding(99_999))).containsExactly(ONE);
        assertThatThrownBy(() -> RECEIPTS.list(holding(100_000)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("a store/odin-dev holds 100000 objects or more");
    }

    private static ObjectStore holding(int objects) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) ->
                        method.getName().equals("list") ? Collections.nCopies(objects, "0001") : "a store");
    }

    @Test
    void the_clocks_of_this_machine_go() {
        Instant before = Instant.now();
        long nanos = TimeSource.SYSTEM.monotonicNanos();
        assertThat(TimeSource.SYSTEM.wallTime()).isBetween(before.minusSeconds(60), before.plusSeconds(60));
        assertThat(TimeSource.SYSTEM.monotonicNanos())
                .isGreaterThanOrEqualTo(nanos)
                .isNotZero();
    }
}
