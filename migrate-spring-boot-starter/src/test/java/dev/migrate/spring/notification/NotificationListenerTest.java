package dev.migrate.spring.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.ManualTimeSource;
import dev.migrate.spring.metrics.MonitoringFiles;
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

class NotificationListenerTest {

    private final ManualTimeSource timeSource = new ManualTimeSource();
    private final List<Notification> sent = new ArrayList<>();
    private final NotificationListener notices = new NotificationListener(
            RunnerSettings.of(new EnvironmentName("odin-dev"), "green", new Owner("here", 9, null)),
            Duration.ofMinutes(5),
            List.of(
                    notice -> {
                        throw new IOException("nobody listens");
                    },
                    sent::add),
            timeSource);

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

    private static BlockingVerdict halted(int number, String token, Outcome verdict) {
        return new BlockingVerdict(attempt(number, token), verdict, "no such car", null, null);
    }

    private List<Notification.Kind> kinds() {
        return sent.stream().map(Notification::kind).toList();
    }

    @Test
    void aGoodRunSendsNothing() {
        notices.on(new MigrationEvent.RunStarted(List.of(MigrationId.of("0003")), 2));
        notices.on(new MigrationEvent.Started(attempt(1, "t"), null));
        notices.on(new MigrationEvent.ProgressReported(
                new RunningMigration(attempt(1, "t"), Duration.ofSeconds(60), 1, null, null), Duration.ofMinutes(4)));
        notices.on(new MigrationEvent.Waiting(
                new RunningMigration(attempt(1, "t"), Duration.ofSeconds(60), 1, null, null), Duration.ZERO));
        notices.on(new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO));
        notices.on(new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), 1, Duration.ZERO)));
        assertThat(sent).isEmpty();
    }

    @Test
    void aFailureIsToldOnceThoughItBlocksThisProcessToo() {
        notices.on(new MigrationEvent.Started(attempt(1, "t"), null));
        notices.on(new MigrationEvent.AttemptFailed(
                halted(1, "t", Outcome.FAILED), new IllegalStateException(), Duration.ofSeconds(2)));
        BlockedStart block = new BlockedStart("0003 failed.", "Deploy the fix.", halted(1, "t", Outcome.FAILED));
        notices.on(new MigrationEvent.Blocked(block, Duration.ZERO));
        notices.on(new MigrationEvent.Blocked(block, Duration.ZERO));
        assertThat(kinds()).containsExactly(Notification.Kind.FAILED);
        assertThat(sent.get(0).text())
                .isEqualTo("Migration 0003 Prices failed in odin-dev (attempt 1, deployment blue): no such car."
                        + " Deploy the fix: a new deployment, other than green, retries the migration. A restart of this"
                        + " deployment does not, unless the migration is safe to run again. If the cause was external and"
                        + " is fixed, and the migration can run from the beginning: run with MIGRATE_MODE=once"
                        + " MIGRATE_COMMAND='retry 0003' MIGRATE_CONFIRM=odin-dev. If you finished it by hand: run with"
                        + " MIGRATE_MODE=once MIGRATE_COMMAND='resolve 0003' MIGRATE_CONFIRM=odin-dev.");
        assertThat(sent.get(0).elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(sent.get(0).subject()).isEqualTo("odin-dev: migration 0003 failed");
    }

    @Test
    void theActionAfterAnInterruptionOrAHalfDoneRevertBeginsWithTheOldProcess() {
        BlockingVerdict reverting = new BlockingVerdict(
                new Attempt(MigrationId.of("0003"), "Prices", 2, "u", null, "blue", null, true, Map.of()),
                Outcome.FAILED,
                null,
                null,
                null);
        notices.on(new MigrationEvent.AttemptFailed(
                halted(1, "t", Outcome.INTERRUPTED), new InterruptedException(), null));
        notices.on(new MigrationEvent.AttemptFailed(reverting, new IllegalStateException(), null));
        assertThat(sent.get(0).text())
                .contains("First make sure that the old process is gone. If the migration had finished: run with");
        assertThat(sent.get(1).text())
                .contains("First make sure that the old process is gone. If the revert is complete: run with")
                .contains("the migration then counts as applied");
    }

    @Test
    void whoIsBlockedByAnotherProcessSaysSoOnceForEachReason() {
        BlockedStart earlier = new BlockedStart("0003 failed.", "Deploy the fix.", halted(1, "t", Outcome.FAILED));
        notices.on(new MigrationEvent.Blocked(earlier, Duration.ZERO));
        notices.on(new MigrationEvent.Blocked(earlier, Duration.ZERO));
        notices.on(new MigrationEvent.Blocked(
                new BlockedStart("The ledger cannot be used.", "Mend it.", null), Duration.ZERO));
        assertThat(kinds()).containsExactly(Notification.Kind.BLOCKED, Notification.Kind.BLOCKED);
        assertThat(sent.get(0).text())
                .isEqualTo("A start in odin-dev (here, process 9, deployment green) is blocked. 0003 failed. Action:"
                        + " Deploy the fix.");
        assertThat(sent.get(1).subject()).isEqualTo("odin-dev: blocked");
        assertThat(sent.get(1).json()).contains("Mend it.").doesNotContain("\"migration\"");
    }

    @Test
    void aFailureAfterAFailureIsToldAsOneAndNotOneAfterAnInterruption() {
        notices.on(new MigrationEvent.Started(attempt(2, "t"), halted(1, "s", Outcome.INTERRUPTED)));
        notices.on(new MigrationEvent.AttemptFailed(halted(2, "t", Outcome.FAILED), new IllegalStateException(), null));
        notices.on(new MigrationEvent.Started(attempt(3, "u"), halted(2, "t", Outcome.FAILED)));
        notices.on(new MigrationEvent.AttemptFailed(halted(3, "u", Outcome.FAILED), new IllegalStateException(), null));
        assertThat(kinds()).containsExactly(Notification.Kind.FAILED, Notification.Kind.FAILED_AGAIN);
    }

    @Test
    void whoMendsWhatFailedElsewhereSaysSoOnce() {
        notices.on(new MigrationEvent.Started(attempt(2, "t"), halted(1, "s", Outcome.FAILED)));
        notices.on(applied(attempt(2, "t")));
        notices.on(new MigrationEvent.Started(attempt(1, "v"), null));
        notices.on(applied(attempt(1, "v")));
        notices.on(completed());
        assertThat(kinds()).containsExactly(Notification.Kind.RECOVERED);
        assertThat(sent.get(0).text())
                .isEqualTo(
                        "Migration 0003 Prices is applied in odin-dev by attempt 2, deployment blue, after attempt 1 had"
                                + " failed.");
        assertThat(sent.get(0).subject()).isEqualTo("odin-dev: migration 0003 recovered");
    }

    @Test
    void whoeverWasSaidToBeHeldUpIsSaidToGoOn() {
        notices.on(new MigrationEvent.Blocked(
                new BlockedStart("The ledger cannot be used.", "Mend it.", null), Duration.ZERO));
        notices.on(completed());
        notices.on(completed());
        notices.on(new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO));
        notices.on(new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO));
        notices.on(completed());
        notices.on(new MigrationEvent.Started(attempt(1, "t"), null));
        notices.on(new MigrationEvent.AttemptFailed(halted(1, "t", Outcome.FAILED), new IllegalStateException(), null));
        notices.on(completed());
        assertThat(kinds())
                .containsExactly(
                        Notification.Kind.BLOCKED,
                        Notification.Kind.RECOVERED,
                        Notification.Kind.LEDGER_UNREACHABLE,
                        Notification.Kind.RECOVERED,
                        Notification.Kind.FAILED,
                        Notification.Kind.RECOVERED);
        assertThat(sent.get(1).text())
                .isEqualTo(
                        "A start in odin-dev (here, process 9, deployment green) resumes: it has no pending migration left.");
    }

    private static MigrationEvent applied(Attempt attempt) {
        return new MigrationEvent.Applied(new AppliedMigration(attempt, null, Duration.ofSeconds(1)));
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
                .containsExactlyInAnyOrder(Arrays.stream(Notification.Kind.values())
                        .map(Notification.Kind::word)
                        .toArray(String[]::new));
    }

    @Test
    void theRestIsToldByName() {
        notices.on(new MigrationEvent.Started(attempt(2, "t"), halted(1, "s", Outcome.FAILED)));
        notices.on(new MigrationEvent.AttemptFailed(halted(2, "t", Outcome.FAILED), new IllegalStateException(), null));
        notices.on(new MigrationEvent.AttemptFailed(
                halted(1, "u", Outcome.INTERRUPTED), new InterruptedException(), null));
        notices.on(new MigrationEvent.TakenOver(
                new RunningMigration(attempt(1, "v"), Duration.ofSeconds(60), 1, null, null), Duration.ZERO));
        assertThat(kinds())
                .containsExactly(
                        Notification.Kind.FAILED_AGAIN, Notification.Kind.INTERRUPTED, Notification.Kind.TAKEN_OVER);
        assertThat(sent.get(2).text()).contains("host, process 7 sent no heartbeat for 60 s");
    }

    @Test
    void aLedgerThatDoesNotAnswerForAMinuteIsToldOnce() {
        notices.on(new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO));
        notices.on(new MigrationEvent.LedgerRecovered(Duration.ZERO));
        notices.on(new MigrationEvent.Waiting(
                new RunningMigration(attempt(1, "t"), Duration.ofSeconds(60), 1, null, null), Duration.ZERO));
        notices.on(new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO));
        assertThat(sent).isEmpty();
        notices.on(new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO));
        notices.on(new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO));
        assertThat(kinds()).containsExactly(Notification.Kind.LEDGER_UNREACHABLE);
        assertThat(sent.get(0).subject()).isEqualTo("odin-dev: ledger-unreachable");
        assertThat(sent.get(0).text()).contains("cannot reach its ledger", "time-out");
    }

    @Test
    void whatRunsForLongIsToldOnceForEachAttempt() {
        for (String token : List.of("t", "u")) {
            notices.on(new MigrationEvent.Started(attempt(1, token), null));
            for (int i = 1; i <= 4; i++) {
                notices.on(new MigrationEvent.ProgressReported(
                        new RunningMigration(attempt(1, token), Duration.ofSeconds(60), i, null, null),
                        Duration.ofMinutes(2L * i)));
            }
        }
        assertThat(kinds()).containsExactly(Notification.Kind.LONG_RUNNING, Notification.Kind.LONG_RUNNING);
        assertThat(sent.get(0).text()).contains("has been running for 6 min 0 s");
    }
}
