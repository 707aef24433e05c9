package dev.migrate.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerJsonTest {

    private static final EnvironmentName DEV = new EnvironmentName("odin-dev");
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    static Attempt attempt(String id, int number, String token) {
        return new Attempt(
                MigrationId.of(id),
                "Name" + id,
                number,
                token,
                AT,
                "d1",
                new Owner("host", 7, "arn:task"),
                false,
                Map.of());
    }

    private static LedgerState full() {
        return new LedgerState(
                DEV,
                41,
                List.of(new AppliedMigration(attempt("0001", 1, "t1"), AT, Duration.ofMillis(1234))),
                MigrationId.of("0000"),
                new RunningMigration(attempt("0002", 2, "t3"), Duration.ofMinutes(1), 9, "row 17", new Progress(3, 9)),
                null,
                List.of(new HistoryEntry(
                        attempt("0002", 1, "t2"),
                        "FAILED",
                        "boom \"quoted\" ünï",
                        AT,
                        "row 3",
                        Duration.ofMillis(7),
                        new Operator(new Owner("h", 1, null), "ana"),
                        "why")),
                Map.of());
    }

    private static LedgerState read(String json) {
        return LedgerJson.read(json.getBytes(StandardCharsets.UTF_8), DEV, "here")
                .state();
    }

    private static String text(LedgerState state) {
        return new String(LedgerJson.write(state, state.revision(), "n"), StandardCharsets.UTF_8);
    }

    @Test
    void a_register_survives_the_way_there_and_back() {
        LedgerJson.RegisterDocument back = LedgerJson.read(LedgerJson.write(full(), 41, "nonce"), DEV, "here");
        assertThat(back.state()).isEqualTo(full());
        assertThat(back.nonce()).isEqualTo("nonce");
        LedgerState halted = full().fail("t3", Outcome.INTERRUPTED, null, AT, null);
        assertThat(read(text(halted))).isEqualTo(halted);
    }

    @Test
    void unknown_fields_survive_a_rewrite_at_every_level() {
        String json =
                """
                {"format": 1, "environment": "odin-dev", "revision": 3, "nonce": "n", "future": {"a": [1, null]},
                 "applied": [{"id": "0001", "shape": "round", "owner": {"host": "h", "pid": 1, "zone": "b"}}],
                 "running": {"id": "0002", "token": "t", "leaseMillis": 60000, "beat": 1, "mood": "good"},
                 "attempts": [{"id": "0002", "what": "PAUSED_BY_A_LATER_VERSION", "depth": 1.50}]}""";
        LedgerState state = read(json).heartbeat("t", "row 1", null);
        String again = text(read(text(state)));
        assertThat(again).contains("\"future\"", "\"shape\": \"round\"", "\"zone\": \"b\"", "\"mood\": \"good\"");
        assertThat(again).contains("\"PAUSED_BY_A_LATER_VERSION\"", "\"depth\": 1.50", "\"beat\": 2");
        assertThat(text(read(text(state))
                        .complete(new AppliedMigration(state.running().attempt(), AT, Duration.ofMillis(1234)))))
                .contains("\"mood\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "hello",
                "{",
                "{} trailing",
                "{}",
                "{\"format\": \"1\"}",
                "{\"format\": 1}",
                "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\"}",
                "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"applied\": {}, \"attempts\": []}",
                "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"applied\": [1], \"attempts\": []}",
                "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"applied\": [{\"id\": \"1\"}], \"attempts\": []}",
                "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"applied\": [], \"attempts\": [],"
                        + " \"running\": {\"id\": \"0001\", \"leaseMillis\": 1}}",
                "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"applied\": [], \"attempts\": [],"
                        + " \"running\": {\"id\": \"0001\", \"token\": \"t\"}}",
                "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"applied\": [], \"attempts\": [],"
                        + " \"halted\": {\"id\": \"0001\", \"verdict\": \"LATER\"}}",
                "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"revision\": 1e999999999,"
                        + " \"applied\": [], \"attempts\": []}",
                "{\"format\": 1, \"environment\": \"odin-dev\", \"nonce\": \"n\", \"revision\": 1.5,"
                        + " \"applied\": [], \"attempts\": []}"
            })
    void what_is_no_register_is_refused_by_name(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("here is not a readable register")
                .extracting(e -> ((LedgerException) e).action())
                .asString()
                .contains("left as it is");
    }

    @Test
    void a_later_format_another_environment_and_a_marked_register_say_so() {
        assertThatThrownBy(() -> read("{\"format\": 2}"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("format 2");
        assertThatThrownBy(() -> read("{\"format\": 1, \"environment\": \"odin-prod\"}"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("'odin-prod'")
                .hasMessageContaining("odin-dev");
        assertThatThrownBy(() -> read("{\"refused\": \"it ignores conditions\"}"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("it ignores conditions");
    }

    @Test
    void flipped_bytes_give_a_register_that_survives_or_the_documented_exception() {
        Random chance = new Random(7);
        byte[] good = LedgerJson.write(full(), 1, "n");
        int registers = 0;
        int refused = 0;
        int changed = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + chance.nextInt(4); flips > 0; flips--) {
                bytes[chance.nextInt(bytes.length)] =
                        (byte) (chance.nextBoolean() ? chance.nextInt(256) : ' ' + chance.nextInt('~' - ' '));
            }
            if (ReaderProperties.isRegister(bytes)) {
                registers++;
                changed += LedgerJson.read(bytes, DEV, "here").state().equals(full()) ? 0 : 1;
            } else {
                refused++;
            }
        }
        assertThat(registers).as("flips that leave a register").isGreaterThan(100);
        assertThat(changed).as("registers that say something else than before").isGreaterThan(100);
        assertThat(refused).as("flips that leave none").isGreaterThan(100);
    }

    @Test
    void a_receipt_holds_the_whole_record_and_any_object_counts_as_a_receipt() {
        AppliedMigration done = new AppliedMigration(attempt("0003", 2, "t"), AT, Duration.ofMillis(1234));
        MigrationId id = MigrationId.of("0003");
        assertThat(LedgerJson.readReceipt(id, LedgerJson.writeReceipt(done))).isEqualTo(done);
        for (String odin : List.of("", "done", "{", "{\"format\": 1}", "[1]", "\u0000\uFFFF", "{\"id\": \"0003\"}")) {
            AppliedMigration applied = LedgerJson.readReceipt(id, odin.getBytes(StandardCharsets.UTF_8));
            assertThat(applied.id()).isEqualTo(id);
            assertThat(applied.attempt().token()).isNull();
        }
        // A receipt that was copied to another number tells of the number it stands under.
        assertThat(LedgerJson.readReceipt(MigrationId.of("0004"), LedgerJson.writeReceipt(done))
                        .id())
                .isEqualTo(MigrationId.of("0004"));
    }
}
