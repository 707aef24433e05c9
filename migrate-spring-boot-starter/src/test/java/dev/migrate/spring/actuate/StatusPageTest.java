package dev.migrate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.HistoryEntry;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.actuate.CachedLedgerReader.CachedLedger;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.StatusReport;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import dev.migrate.spring.startup.MigrationMonitor.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person sees, and what nobody may slip in. */
class StatusPageTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String HOSTILE = "\"><script>alert('x')</script><img src=x>&";

    private final LedgerFixture desk = new LedgerFixture();

    private static Attempt attempt(String id, String name, int number, String owner) {
        return new Attempt(
                MigrationId.of(id),
                name,
                number,
                id + number,
                NOW.minusSeconds(600),
                "blue",
                new Owner(owner, 7, null),
                false,
                Map.of());
    }

    private static AppliedMigration applied(String id, String name, Duration took) {
        return new AppliedMigration(attempt(id, name, 1, "host"), NOW.minusSeconds(90), took);
    }

    private LedgerState state(
            List<AppliedMigration> applied,
            @Nullable RunningMigration running,
            @Nullable BlockingVerdict halted,
            List<HistoryEntry> attempts) {
        return new LedgerState(desk.settings().environment(), 7, applied, null, running, halted, attempts, Map.of());
    }

    private String page(LedgerState state, Snapshot process, @Nullable Problem problem) {
        List<MigrationId> receipts =
                state.applied().stream().map(AppliedMigration::id).toList();
        return page(new LedgerReport(state, true, receipts), process, problem);
    }

    private String page(LedgerReport facts, Snapshot process, @Nullable Problem problem) {
        CachedLedger seen = new CachedLedger(facts, NOW.minusSeconds(2), Duration.ofSeconds(2), problem);
        return StatusPage.of(new MigrationsDescriptor(true, process, desk, seen, StatusReport.of(desk, facts)), NOW);
    }

    private static Snapshot process(State state, @Nullable Attempt attempt, @Nullable BlockedStart block) {
        return new Snapshot(state, attempt, block, null, NOW.minusSeconds(200));
    }

    private String open(LedgerState state) {
        return page(state, process(State.OPEN, null, null), null);
    }

    @Test
    void whatBlocksComesFirstWithItsReasonAndTheWayOut() {
        BlockingVerdict halted =
                new BlockingVerdict(attempt("0002", "Paint", 1, "host"), Outcome.FAILED, "wet", NOW, null);
        String page = page(
                state(List.of(applied("0001", "Create", Duration.ofSeconds(3))), null, halted, List.of()),
                process(State.BLOCKED, null, new BlockedStart("0002 failed: wet.", "Deploy the fix.", halted)),
                null);
        assertThat(page)
                .containsSubsequence(
                        "Startup is blocked",
                        "0002 failed: wet.",
                        "Action",
                        "Deploy the fix.",
                        "for 3 minutes",
                        "<h2>Migrations</h2>",
                        "0001",
                        "FAILED",
                        "Events, latest first",
                        "FAILED",
                        "owner host, process 7",
                        "applied");
        assertThat(page).contains("http-equiv=\"refresh\"").contains("<title>Blocked: migrations of odin-dev</title>");
    }

    @Test
    void aRegisterThatWasLostIsNotTakenForOneThatIsYetToBeMade() {
        LedgerState adopted = state(List.of(applied("0001", "Create", null)), null, null, List.of());
        Snapshot process = process(State.OPEN, null, null);
        assertThat(page(new LedgerReport(adopted, false, List.of(MigrationId.of("0001"))), process, null))
                .contains("This ledger has receipts but no register", "would run again");
        LedgerState empty = state(List.of(), null, null, List.of());
        assertThat(page(new LedgerReport(empty, false, List.of()), process, null))
                .contains("There is no register yet")
                .doesNotContain("receipts but no register");
    }

    @Test
    void aVerdictThatBlocksOthersIsToldWithItsOwner() {
        BlockingVerdict halted =
                new BlockingVerdict(attempt("0002", "Paint", 3, "host"), Outcome.INTERRUPTED, null, NOW, null);
        assertThat(open(state(List.of(), null, halted, List.of())))
                .contains(
                        "A migration failed or was interrupted",
                        "0002 Paint is INTERRUPTED",
                        "Attempt 3, owner host, process 7");
    }

    @Test
    void barsAreAsLongAsTheAttemptsTookBesideTheLongest() {
        String page = open(state(
                List.of(
                        applied("0001", "Long", Duration.ofSeconds(40)),
                        applied("0002", "Half", Duration.ofSeconds(20)),
                        applied("0003", "Quick", Duration.ofMillis(1))),
                null,
                null,
                List.of()));
        assertThat(page)
                .contains(">40.0 s</span></div><div class=\"track\"><svg viewBox=\"0 0 100 4\"")
                .contains("<rect width=\"100.0\"", "<rect width=\"50.0\"", "<rect width=\"1.0\"");
        assertThat(page).as("nothing changes any more").doesNotContain("http-equiv=\"refresh\"");
    }

    @Test
    void whatRunsIsToldWithItsOwnerAndHowFarItHasCome() {
        desk.with("0004", "Backfill", () -> {});
        Attempt attempt = attempt("0004", "Backfill", 2, "there");
        RunningMigration running =
                new RunningMigration(attempt, Duration.ofSeconds(60), 3, null, new Progress(120, 480));
        String page = page(state(List.of(), running, null, List.of()), process(State.WAITING, attempt, null), null);
        assertThat(page)
                .contains("This process is waiting: another process runs 0004 Backfill")
                .contains("120 of 480 done. Attempt 2, started 10 min ago, owner there, process 7.")
                .contains("<rect width=\"25.0\"", "http-equiv=\"refresh\"");
    }

    @Test
    void aLedgerThatCannotBeReadIsSaidWithTheAgeOfWhatFollows() {
        String page = page(
                state(List.of(applied("0001", "Create", Duration.ofSeconds(3))), null, null, List.of()),
                process(State.OPEN, null, null),
                new Problem("Access is denied.", "Mend the policy."));
        assertThat(page)
                .containsSubsequence("The ledger cannot be read now", "Access is denied.", "Mend the policy.", "0001")
                .contains("2.0 s before this page");
    }

    @Test
    void whereReceiptsAndRegisterDisagreeIsSaid() {
        LedgerState state = state(List.of(applied("0001", "Create", Duration.ofSeconds(3))), null, null, List.of());
        LedgerReport facts = new LedgerReport(state, true, List.of(MigrationId.of("0009")));
        String page = StatusPage.of(
                new MigrationsDescriptor(
                        true,
                        process(State.OPEN, null, null),
                        desk,
                        new CachedLedger(facts, NOW, Duration.ZERO, null),
                        StatusReport.of(desk, facts)),
                NOW);
        assertThat(page).contains("Applied without a receipt: 0001", "A receipt without a record: 0009");
    }

    @Test
    void aLongHistoryIsCutAndSaysSo() {
        List<HistoryEntry> attempts = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            attempts.add(new HistoryEntry(
                    attempt("0001", "Paint", i + 1, "host"), "FAILED", "wet " + i, NOW, null, null, null, null));
        }
        assertThat(open(state(List.of(), null, null, attempts)))
                .contains("wet 129", "wet 30<", "<p>30 older events.</p>")
                .doesNotContain("wet 29<");
    }

    @Test
    void nothingOfALedgerOrABuildBecomesMarkup() {
        desk.with("0001", HOSTILE, () -> {}).with("0002", HOSTILE, () -> {});
        desk.ignored.add(new StartupContext.Ignored(HOSTILE, HOSTILE));
        Attempt attempt = attempt("0002", HOSTILE, 2, HOSTILE);
        BlockingVerdict halted = new BlockingVerdict(attempt, Outcome.FAILED, HOSTILE, NOW, null);
        HistoryEntry past = new HistoryEntry(
                attempt,
                HOSTILE,
                HOSTILE,
                NOW,
                null,
                null,
                new dev.migrate.internal.ledger.Operator(new Owner(HOSTILE, 7, HOSTILE), HOSTILE),
                HOSTILE);
        Problem problem = new Problem(HOSTILE, HOSTILE);
        List<AppliedMigration> applied = List.of(applied("0009", HOSTILE, Duration.ofSeconds(1)));
        for (String page : List.of(
                page(
                        state(applied, null, halted, List.of(past)),
                        new Snapshot(State.BLOCKED, null, new BlockedStart(HOSTILE, HOSTILE, halted), null, NOW),
                        problem),
                page(
                        state(
                                applied,
                                new RunningMigration(attempt, Duration.ofSeconds(60), 1, null, null),
                                null,
                                List.of(past)),
                        new Snapshot(State.RUNNING, attempt, null, HOSTILE, NOW),
                        problem),
                open(state(applied, null, halted, List.of(past))))) {
            assertThat(page).contains("&lt;script&gt;").doesNotContain("<script", "<img", "\">\"", "alert('x')");
        }
        LedgerReport facts = new LedgerReport(state(applied, null, halted, List.of(past)), true, List.of());
        MigrationsDescriptor all = new MigrationsDescriptor(
                true,
                process(State.OPEN, null, null),
                desk,
                new CachedLedger(facts, NOW, Duration.ZERO, null),
                StatusReport.of(desk, facts));
        assertThat(StatusPage.of(all, HOSTILE, NOW)).contains("<html").doesNotContain("<script", "<img");
        assertThat(StatusPage.of(all, "0002", NOW)).contains("&lt;script&gt;").doesNotContain("<script", "<img");
    }
}
