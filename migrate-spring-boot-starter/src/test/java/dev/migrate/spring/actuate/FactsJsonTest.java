package dev.migrate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Owner;
import dev.migrate.ledger.Verdict;
import dev.migrate.run.Block;
import dev.migrate.run.LedgerFacts;
import dev.migrate.spring.MigrationMonitor.Snapshot;
import dev.migrate.spring.MigrationMonitor.State;
import dev.migrate.spring.actuate.LedgerView.Seen;
import dev.migrate.spring.report.DocumentedJson;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.StatusReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The document of the endpoint: its fields are a promise. */
class FactsJsonTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Attempt ATTEMPT = new Attempt(
            MigrationId.of("0002"), "Paint", 1, "token", NOW, "blue", new Owner("there", 7, "arn"), false, Map.of());
    private static final Halted HALTED = new Halted(ATTEMPT, Verdict.FAILED, "wet", NOW, null);

    private final Desk desk = new Desk().with("0002", "Paint", () -> {});

    private MigrationFacts facts(Snapshot process, @Nullable LedgerFacts ledger, @Nullable Problem problem) {
        Seen seen = ledger == null
                ? new Seen(null, null, null, problem)
                : new Seen(ledger, NOW, Duration.ofSeconds(3), problem);
        return new MigrationFacts(true, process, desk, seen, ledger == null ? null : StatusReport.of(desk, ledger));
    }

    private LedgerFacts failed() {
        LedgerState state =
                new LedgerState(desk.settings().environment(), 7, List.of(), null, null, HALTED, List.of(), Map.of());
        return new LedgerFacts(state, true, List.of());
    }

    private static JsonObject parsed(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    @Test
    void everyFieldIsDocumentedAndEveryDocumentedFieldIsThere() throws IOException {
        DocumentedJson documented = new DocumentedJson("operations.md", "monitoring.md");
        MigrationFacts blocked = facts(
                new Snapshot(State.BLOCKED, null, new Block("It failed.", "Mend it.", HALTED), null, NOW),
                failed(),
                new Problem("Access is denied.", "Mend the policy."));
        MigrationFacts waiting = facts(new Snapshot(State.WAITING, ATTEMPT, null, "no answer", NOW), null, null);
        for (MigrationFacts facts : List.of(blocked, waiting)) {
            documented.check(parsed(FactsJson.of(facts)), "the document", "status");
            documented.check(parsed(FactsJson.of(facts, "0002")), "the document", "one migration");
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
                List.of(new dev.migrate.ledger.Applied(
                        new Attempt(MigrationId.of("0002"), "Polish", 1, null, null, null, null, false, Map.of()),
                        null,
                        null)),
                null,
                null,
                null,
                List.of(),
                Map.of());
        Snapshot open = new Snapshot(State.OPEN, null, null, null, NOW);
        LedgerFacts facts = new LedgerFacts(renamed, true, List.of());
        assertThat(error(facts(open, facts, null))).contains("'Polish' is applied already");
        assertThat(error(facts(open, facts, new Problem("denied", "mend")))).isEqualTo("denied");
    }

    @Test
    void whoeverAsksForWhatIsNowhereIsToldSo() {
        Snapshot open = new Snapshot(State.OPEN, null, null, null, NOW);
        assertThat(error(facts(open, failed(), new Problem("denied", "mend")), "0099"))
                .startsWith("There is no such migration: it is neither");
        assertThat(error(new MigrationFacts(false, open, null, null, null), "0002"))
                .contains("migrate.enabled=false");
        assertThat(error(facts(open, failed(), new Problem("denied", "mend")), "0002"))
                .isEqualTo("denied");
        assertThat(error(facts(open, null, new Problem("denied", "mend")), "0099"))
                .as("it may be there")
                .isEqualTo("denied");
    }

    private static String error(MigrationFacts facts, String id) {
        return parsed(FactsJson.of(facts, id))
                .getAsJsonObject("error")
                .get("message")
                .getAsString();
    }

    private static String error(MigrationFacts facts) {
        return parsed(FactsJson.of(facts))
                .getAsJsonObject("error")
                .get("message")
                .getAsString();
    }

    @Test
    void nobodySaysThatThereIsNoSuchMigrationBeforeTheLedgerWasRead() {
        Snapshot open = new Snapshot(State.OPEN, null, null, null, NOW);
        assertThat(facts(open, null, null).isNowhere("0099")).isFalse();
        assertThat(facts(open, failed(), null).isNowhere("0099")).isTrue();
        assertThat(facts(open, failed(), null).isNowhere("00002"))
                .as("the same number")
                .isFalse();
        assertThat(facts(open, null, null).isNowhere("nothing")).as("no number").isTrue();
    }
}
