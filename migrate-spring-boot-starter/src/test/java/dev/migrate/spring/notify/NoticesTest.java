package dev.migrate.spring.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Owner;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Verdict;
import dev.migrate.run.Block;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationReport;
import dev.migrate.run.RunnerSettings;
import dev.migrate.spring.HandTicker;
import dev.migrate.spring.meter.MonitoringFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NoticesTest {

    private final HandTicker ticker = new HandTicker();
    private final List<Notice> sent = new ArrayList<>();
    private final Notices notices = new Notices(
            RunnerSettings.of(new EnvironmentName("odin-dev"), "green", new Owner("here", 9, null)),
            Duration.ofMinutes(5),
            List.of(
                    notice -> {
                        throw new IOException("nobody listens");
                    },
                    sent::add),
            ticker);

    private static Attempt attempt(int number, String token) {
        return new Attempt(
                MigrationId.of("0003"),
                "Prices",
                number,
                token,
                null,
                "blue",
                new Owner("host", 7, null),
                false,
                Map.of());
    }

    private static Halted halted(int number, String token, Verdict verdict) {
        return new Halted(attempt(number, token), verdict, "no such car", null, null);
    }

    private List<Notice.Kind> kinds() {
        return sent.stream().map(Notice::kind).toList();
    }

    @Test
    void aGoodRunSendsNothing() {
        notices.on(new MigrationEvent.Opened(List.of(MigrationId.of("0003")), 2));
        notices.on(new MigrationEvent.Started(attempt(1, "t"), null));
        ticker.pass(Duration.ofMinutes(4));
        notices.on(new MigrationEvent.Progressed(new Running(attempt(1, "t"), Duration.ofSeconds(60), 1, null, null)));
        notices.on(new MigrationEvent.Waiting(new Running(attempt(1, "t"), Duration.ofSeconds(60), 1, null, null)));
        notices.on(new MigrationEvent.LedgerUnreachable("time-out"));
        notices.on(new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), 1, Duration.ZERO)));
        assertThat(sent).isEmpty();
    }

    @Test
    void aFailureIsToldOnceThoughItBlocksThisProcessToo() {
        notices.on(new MigrationEvent.Started(attempt(1, "t"), null));
        ticker.pass(Duration.ofSeconds(2));
        notices.on(new MigrationEvent.Halt(halted(1, "t", Verdict.FAILED), new IllegalStateException()));
        Block block = new Block("0003 failed.", "Deploy the fix.", halted(1, "t", Verdict.FAILED));
        notices.on(new MigrationEvent.Blocked(block));
        notices.on(new MigrationEvent.Blocked(block));
        assertThat(kinds()).containsExactly(Notice.Kind.FAILED);
        assertThat(sent.get(0).text())
                .isEqualTo("Migration 0003 Prices failed in odin-dev (attempt 1, deployment blue): no such car. Another"
                        + " deployment tries it again. Command 'resolve 0003' says that it is finished, 'retry 0003' that"
                        + " it is put right and may start again.");
        assertThat(sent.get(0).elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(sent.get(0).subject()).isEqualTo("odin-dev: migration 0003 failed");
    }

    @Test
    void whoIsBlockedByAnotherProcessSaysSoOnceForEachReason() {
        Block earlier = new Block("0003 failed.", "Deploy the fix.", halted(1, "t", Verdict.FAILED));
        notices.on(new MigrationEvent.Blocked(earlier));
        notices.on(new MigrationEvent.Blocked(earlier));
        notices.on(new MigrationEvent.Blocked(new Block("The ledger cannot be used.", "Mend it.", null)));
        assertThat(kinds()).containsExactly(Notice.Kind.BLOCKED, Notice.Kind.BLOCKED);
        assertThat(sent.get(0).text())
                .isEqualTo(
                        "A start in odin-dev (here, process 9, deployment green) is blocked. 0003 failed. The way out:"
                                + " Deploy the fix.");
        assertThat(sent.get(1).subject()).isEqualTo("odin-dev: blocked");
        assertThat(sent.get(1).json()).contains("Mend it.").doesNotContain("\"migration\"");
    }

    @Test
    void aFailureAfterAFailureIsToldAsOneAndNotOneAfterAnInterruption() {
        notices.on(new MigrationEvent.Started(attempt(2, "t"), halted(1, "s", Verdict.INTERRUPTED)));
        notices.on(new MigrationEvent.Halt(halted(2, "t", Verdict.FAILED), new IllegalStateException()));
        notices.on(new MigrationEvent.Started(attempt(3, "u"), halted(2, "t", Verdict.FAILED)));
        notices.on(new MigrationEvent.Halt(halted(3, "u", Verdict.FAILED), new IllegalStateException()));
        assertThat(kinds()).containsExactly(Notice.Kind.FAILED, Notice.Kind.FAILED_AGAIN);
    }

    @Test
    void whoMendsWhatFailedElsewhereSaysSoOnce() {
        notices.on(new MigrationEvent.Started(attempt(2, "t"), halted(1, "s", Verdict.FAILED)));
        notices.on(applied(attempt(2, "t")));
        notices.on(new MigrationEvent.Started(attempt(1, "v"), null));
        notices.on(applied(attempt(1, "v")));
        notices.on(completed());
        assertThat(kinds()).containsExactly(Notice.Kind.RECOVERED);
        assertThat(sent.get(0).text())
                .isEqualTo(
                        "Migration 0003 Prices is applied in odin-dev by attempt 2, deployment blue, after attempt 1 had"
                                + " failed.");
        assertThat(sent.get(0).subject()).isEqualTo("odin-dev: migration 0003 recovered");
    }

    @Test
    void whoeverWasSaidToBeHeldUpIsSaidToGoOn() {
        notices.on(new MigrationEvent.Blocked(new Block("The ledger cannot be used.", "Mend it.", null)));
        notices.on(completed());
        notices.on(completed());
        notices.on(new MigrationEvent.LedgerUnreachable("time-out"));
        notices.on(new MigrationEvent.LedgerUnreachable("time-out"));
        notices.on(completed());
        notices.on(new MigrationEvent.Started(attempt(1, "t"), null));
        notices.on(new MigrationEvent.Halt(halted(1, "t", Verdict.FAILED), new IllegalStateException()));
        notices.on(completed());
        assertThat(kinds())
                .containsExactly(
                        Notice.Kind.BLOCKED,
                        Notice.Kind.RECOVERED,
                        Notice.Kind.LEDGER_UNREACHABLE,
                        Notice.Kind.RECOVERED,
                        Notice.Kind.FAILED,
                        Notice.Kind.RECOVERED);
        assertThat(sent.get(1).text())
                .isEqualTo(
                        "A start in odin-dev (here, process 9, deployment green) goes on: nothing that it has to run is pending any more.");
    }

    private static MigrationEvent applied(Attempt attempt) {
        return new MigrationEvent.AppliedNow(new Applied(attempt, null, Duration.ofSeconds(1)));
    }

    private static MigrationEvent completed() {
        return new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), 1, Duration.ZERO));
    }

    @Test
    void thePageOnMonitoringNamesEveryKindAndNoOther() throws IOException {
        String page = Files.readString(MonitoringFiles.document("monitoring.md"));
        Matcher named = Pattern.compile("and `event` \\(([^)]*)\\)").matcher(page);
        assertThat(named.find()).isTrue();
        assertThat(named.group(1).replace("`", "").split(",\\s*"))
                .containsExactlyInAnyOrder(Arrays.stream(Notice.Kind.values())
                        .map(Notice.Kind::word)
                        .toArray(String[]::new));
    }

    @Test
    void theRestIsToldByName() {
        notices.on(new MigrationEvent.Started(attempt(2, "t"), halted(1, "s", Verdict.FAILED)));
        notices.on(new MigrationEvent.Halt(halted(2, "t", Verdict.FAILED), new IllegalStateException()));
        notices.on(new MigrationEvent.Halt(halted(1, "u", Verdict.INTERRUPTED), new InterruptedException()));
        notices.on(new MigrationEvent.TakenOver(new Running(attempt(1, "v"), Duration.ofSeconds(60), 1, null, null)));
        assertThat(kinds()).containsExactly(Notice.Kind.FAILED_AGAIN, Notice.Kind.INTERRUPTED, Notice.Kind.TAKEN_OVER);
        assertThat(sent.get(2).text()).contains("host, process 7 was not heard of for 60 s");
    }

    @Test
    void aLedgerThatDoesNotAnswerForAMinuteIsToldOnce() {
        notices.on(new MigrationEvent.LedgerUnreachable("time-out"));
        notices.on(new MigrationEvent.LedgerReached());
        notices.on(new MigrationEvent.Waiting(new Running(attempt(1, "t"), Duration.ofSeconds(60), 1, null, null)));
        notices.on(new MigrationEvent.LedgerUnreachable("time-out"));
        assertThat(sent).isEmpty();
        notices.on(new MigrationEvent.LedgerUnreachable("time-out"));
        notices.on(new MigrationEvent.LedgerUnreachable("time-out"));
        assertThat(kinds()).containsExactly(Notice.Kind.LEDGER_UNREACHABLE);
        assertThat(sent.get(0).subject()).isEqualTo("odin-dev: ledger-unreachable");
        assertThat(sent.get(0).text()).contains("cannot reach its ledger", "time-out");
    }

    @Test
    void whatRunsForLongIsToldOnceForEachAttempt() {
        for (String token : List.of("t", "u")) {
            notices.on(new MigrationEvent.Started(attempt(1, token), null));
            for (int i = 0; i < 4; i++) {
                ticker.pass(Duration.ofMinutes(2));
                notices.on(new MigrationEvent.Progressed(
                        new Running(attempt(1, token), Duration.ofSeconds(60), i, null, null)));
            }
        }
        assertThat(kinds()).containsExactly(Notice.Kind.LONG_RUNNING, Notice.Kind.LONG_RUNNING);
        assertThat(sent.get(0).text()).contains("has been running for 6 min 0 s");
    }
}
