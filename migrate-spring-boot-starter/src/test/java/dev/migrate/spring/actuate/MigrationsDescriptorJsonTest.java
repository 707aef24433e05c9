package dev.migrate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.spring.actuate.CachedLedgerReader.CachedLedger;
import dev.migrate.spring.report.DocumentedJson;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.StatusReport;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import dev.migrate.spring.startup.MigrationMonitor.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The document of the endpoint: its fields are a promise. */
class MigrationsDescriptorJsonTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Attempt ATTEMPT = new Attempt(
            MigrationId.of("0002"), "Paint", 1, "token", NOW, "blue", new Owner("there", 7, "arn"), false, Map.of());
    private static final BlockingVerdict HALTED = new BlockingVerdict(ATTEMPT, Outcome.FAILED, "wet", NOW, null);

    private final LedgerFixture desk = new LedgerFixture().with("0002", "Paint", () -> {});

    private MigrationsDescriptor facts(Snapshot process, @Nullable LedgerReport ledger, @Nullable Problem problem) {
        CachedLedger seen = ledger == null
                ? new CachedLedger(null, null, null, problem)
                : new CachedLedger(ledger, NOW, Duration.ofSeconds(3), problem);
        return new MigrationsDescriptor(
                true, process, desk, seen, ledger == null ? null : StatusReport.of(desk, ledger));
    }

    private LedgerReport failed() {
        LedgerState state =
                new LedgerState(desk.settings().environment(), 7, List.of(), null, null, HALTED, List.of(), Map.of());
        return new LedgerReport(state, true, List.of());
    }

    private static JsonObject parsed(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    @Test
    void everyFieldIsDocumentedAndEveryDocumentedFieldIsThere() throws IOException {
        DocumentedJson documented = new DocumentedJson("operations.md", "monitoring.md");
        MigrationsDescriptor blocked = facts(
                new Snapshot(State.BLOCKED, null, new BlockedStart("It failed.", "Mend it.", HALTED), null, NOW),
                failed(),
                new Problem("Access is denied.", "Mend the policy."));
        MigrationsDescriptor waiting = facts(new Snapshot(State.WAITING, ATTEMPT, null, "no answer", NOW), null, null);
        for (MigrationsDescriptor facts : List.of(blocked, waiting)) {
            documented.check(parsed(MigrationsDescriptorJson.of(facts)), "the document", "status");
            documented.check(parsed(MigrationsDescriptorJson.of(facts, "0002")), "the document", "one migration");
        }
        documented.assertAllSeen("the document", "one migration", "start", "block");
    }

    @Test
    void whatIsWrongWithTheLedgerComesBeforeWhatIsWrongWithTheBuild() {
        desk.migrations.clear();
        desk.with("0002", "Paint", () -> {});
        LedgerState renamed = new LedgerState(
                desk.settings().environment(),
                7,
                List.of(new dev.migrate.listener.AppliedMigration(
                        new Attempt(MigrationId.of("0002"), "Polish", 1, null, null, null, null, false, Map.of()),
                        null,
                        null)),
                null,
                null,
                null,
                List.of(),
                Map.of());
        Snapshot open = new Snapshot(State.OPEN, null, null, null, NOW);
        LedgerReport facts = new LedgerReport(renamed, true, List.of());
        assertThat(error(facts(open, facts, null))).contains("'Polish' is applied already");
        assertThat(error(facts(open, facts, new Problem("denied", "mend")))).isEqualTo("denied");
    }

    @Test
    void whoeverAsksForWhatIsNowhereIsToldSo() {
        Snapshot open = new Snapshot(State.OPEN, null, null, null, NOW);
        assertThat(error(facts(open, failed(), new Problem("denied", "mend")), "0099"))
                .startsWith("There is no such migration: it is neither");
        assertThat(error(new MigrationsDescriptor(false, open, null, null, null), "0002"))
                .contains("migrate.enabled=false");
        assertThat(error(facts(open, failed(), new Problem("denied", "mend")), "0002"))
                .isEqualTo("denied");
        assertThat(error(facts(open, null, new Problem("denied", "mend")), "0099"))
                .as("it may be there")
                .isEqualTo("denied");
    }

    private static String error(MigrationsDescriptor facts, String id) {
        return parsed(MigrationsDescriptorJson.of(facts, id))
                .getAsJsonObject("error")
                .get("message")
                .getAsString();
    }

    private static String error(MigrationsDescriptor facts) {
        return parsed(MigrationsDescriptorJson.of(facts))
                .getAsJsonObject("error")
                .get("message")
                .getAsString();
    }

    @Test
    void nobodySaysThatThereIsNoSuchMigrationBeforeTheLedgerWasRead() {
        Snapshot open = new Snapshot(State.OPEN, null, null, null, NOW);
        assertThat(facts(open, null, null).isAbsent("0099")).isFalse();
        assertThat(facts(open, failed(), null).isAbsent("0099")).isTrue();
        assertThat(facts(open, failed(), null).isAbsent("00002"))
                .as("the same number")
                .isFalse();
        assertThat(facts(open, null, null).isAbsent("nothing")).as("no number").isTrue();
    }
}
