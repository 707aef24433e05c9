package dev.migrate.spring.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.listener.RunningMigration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MigrationLogTest {

    private static final Attempt ATTEMPT = new Attempt(
            MigrationId.of("0003"),
            "BackfillCarPrices",
            2,
            "t",
            null,
            "blue",
            new Owner("host", 7, null),
            false,
            Map.of());
    private static final RunningMigration RUNNING =
            new RunningMigration(ATTEMPT, Duration.ofSeconds(60), 9, null, null);

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.migrate");
    private final ListAppender<ILoggingEvent> entries = new ListAppender<>();
    private final MigrationLog log = new MigrationLog(
            new LogEvents(new EnvironmentName("odin-dev"), "blue"),
            new MigrationLog.Application("memory", 0, null, true));
    private Level level;

    @BeforeEach
    void listen() {
        level = logger.getLevel();
        logger.setLevel(Level.INFO);
        entries.start();
        logger.addAppender(entries);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(entries);
        logger.setLevel(level);
    }

    /** In what Logback prints of it, stack trace included. */
    @Test
    void whatStrangersWroteForgesNoLine() {
        String forged = "row\r\n2026-01-01 INFO forged\u001b[2J";
        Attempt attempt = new Attempt(
                MigrationId.of("0003"), forged, 1, "t", null, forged, new Owner(forged, 7, null), false, Map.of());
        BlockingVerdict halted = new BlockingVerdict(attempt, Outcome.FAILED, forged, null, null);
        log.on(new MigrationEvent.Started(attempt, halted));
        log.on(new MigrationEvent.Notice(forged, true));
        log.on(new MigrationEvent.AttemptFailed(
                halted, new IllegalStateException("a", new IllegalStateException(forged)), null));
        log.on(new MigrationEvent.Blocked(new BlockedStart(forged, forged, halted), Duration.ZERO));
        log.on(new MigrationEvent.TakenOver(
                new RunningMigration(attempt, Duration.ofSeconds(60), 9, null, null), Duration.ZERO));
        log.on(new MigrationEvent.LedgerUnreachable(forged, Duration.ZERO));
        var layout = new ch.qos.logback.classic.PatternLayout();
        layout.setContext(logger.getLoggerContext());
        layout.setPattern("%msg %kvp%n%ex");
        layout.start();
        assertThat(entries.list).hasSize(6);
        for (ILoggingEvent entry : entries.list) {
            String printed = layout.doLayout(entry);
            assertThat(printed).contains("forged").doesNotContain("\u001b", "\r");
            assertThat(printed.lines()).noneMatch(line -> line.startsWith("2026-01-01"));
        }
    }

    @Test
    void tellsAnAppliedMigration() {
        log.on(new MigrationEvent.Started(ATTEMPT, null));
        log.on(new MigrationEvent.Applied(new AppliedMigration(ATTEMPT, null, null)));
        assertThat(keys(entries.list.get(1)))
                .containsEntry("event", "migration.applied")
                .containsEntry("environment", "odin-dev")
                .containsEntry("migration", "0003")
                .containsEntry("attempt", 2)
                .containsEntry("deployment", "blue")
                .hasEntrySatisfying(
                        "elapsedMillis", millis -> assertThat((Long) millis).isNotNegative());
        assertThat(entries.list.get(1).getFormattedMessage())
                .matches("Migration 0003 BackfillCarPrices is applied in odin-dev after \\d+ ms");
    }

    @Test
    void tellsWhichVerdictAnAttemptIsToMakeGood() {
        Attempt before = new Attempt(ATTEMPT.id(), null, 1, "s", null, "red", null, false, Map.of());
        log.on(new MigrationEvent.Started(ATTEMPT, new BlockingVerdict(before, Outcome.INTERRUPTED, null, null, null)));
        log.on(new MigrationEvent.Applied(new AppliedMigration(ATTEMPT, null, null)));
        log.on(new MigrationEvent.Started(ATTEMPT, null));
        assertThat(entries.list)
                .extracting(entry -> String.valueOf(keys(entry).get("after")))
                .containsExactly("interrupted", "interrupted", "null");
        assertThat(entries.list.get(0).getFormattedMessage())
                .isEqualTo("Migration 0003 BackfillCarPrices starts in odin-dev, after attempt 1 was INTERRUPTED");
        assertThat(entries.list.get(2).getFormattedMessage())
                .isEqualTo("Migration 0003 BackfillCarPrices starts in odin-dev");
    }

    @Test
    void tellsAFailureWithItsStackTraceAndABlockWithItsWayOut() {
        var halted = new BlockingVerdict(ATTEMPT, Outcome.FAILED, "IllegalStateException: no such car", null, null);
        log.on(new MigrationEvent.AttemptFailed(halted, new IllegalStateException("no such car"), null));
        log.on(new MigrationEvent.Blocked(new BlockedStart("0003 failed.", "Deploy the fix.", halted), Duration.ZERO));
        log.on(new MigrationEvent.Blocked(new BlockedStart("The bucket is gone.", "Make it.", null), Duration.ZERO));
        assertThat(events()).containsExactly("migration.failed", "migrations.blocked", "migrations.blocked");
        assertThat(keys(entries.list.get(0))).doesNotContainKey("elapsedMillis"); // it was not seen to start
        assertThat(entries.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.ERROR);
        assertThat(entries.list.get(0).getThrowableProxy().getMessage()).isEqualTo("no such car");
        assertThat(entries.list.get(1).getFormattedMessage())
                .isEqualTo("Startup is blocked. 0003 failed. Action: Deploy the fix.");
        assertThat(keys(entries.list.get(1))).containsEntry("migration", "0003");
        assertThat(keys(entries.list.get(2))).doesNotContainKey("migration");
    }

    @Test
    void tellsTheRestByName() {
        log.on(new MigrationEvent.AttemptFailed(
                new BlockingVerdict(ATTEMPT, Outcome.INTERRUPTED, null, null, null), new InterruptedException(), null));
        log.on(new MigrationEvent.Waiting(RUNNING, Duration.ZERO));
        log.on(new MigrationEvent.TakenOver(RUNNING, Duration.ZERO));
        log.on(new MigrationEvent.Notice("Adopted.", false));
        log.on(new MigrationEvent.Notice("Out of order.", true));
        log.on(new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO));
        log.on(new MigrationEvent.LedgerRecovered(Duration.ZERO));
        log.on(new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), 4, Duration.ofMillis(12))));
        assertThat(events())
                .containsExactly(
                        "migration.interrupted",
                        "migrations.waiting",
                        "migration.taken-over",
                        "migrations.noticed",
                        "migrations.noticed",
                        "migrations.ledger-unreachable",
                        "migrations.ledger-back",
                        "migrations.completed");
        assertThat(entries.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(
                        Level.ERROR,
                        Level.INFO,
                        Level.WARN,
                        Level.INFO,
                        Level.WARN,
                        Level.WARN,
                        Level.INFO,
                        Level.INFO);
        assertThat(entries.list.get(1).getFormattedMessage())
                .startsWith("Waiting for host, process 7, which runs migration 0003 BackfillCarPrices since")
                .contains("its lease is 60 s");
        assertThat(keys(entries.list.get(1))).containsEntry("owner", "host, process 7");
        assertThat(keys(entries.list.get(7))).containsEntry("applied", 0).containsEntry("elapsedMillis", 12L);
    }

    @Test
    void warnsWhereTheApplicationHasNoneWithAnEmptyLedgerToo() {
        new MigrationLog(
                        new LogEvents(new EnvironmentName("odin-dev"), "blue"),
                        new MigrationLog.Application("memory", 0, "None found in cars.", true))
                .on(new MigrationEvent.RunStarted(List.of(), 0));
        assertThat(events()).containsExactly("migrations.none-found");
        assertThat(entries.list.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(entries.list.get(0).getFormattedMessage())
                .startsWith("None found in cars. The ledger of odin-dev holds 0 as applied.");
    }

    @Test
    void warnsWhereNothingIsFoundThoughSomethingWasApplied() {
        log.on(new MigrationEvent.RunStarted(List.of(), 2));
        assertThat(events()).containsExactly("migrations.none-found");
        assertThat(entries.list.get(0).getLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void saysNothingOfALedgerThatIsAsEmptyAsTheApplication() {
        log.on(new MigrationEvent.RunStarted(List.of(), 0));
        new MigrationLog(
                        new LogEvents(new EnvironmentName("odin-dev"), "blue"),
                        new MigrationLog.Application("memory", 3, null, true))
                .on(new MigrationEvent.RunStarted(List.of(), 3));
        assertThat(entries.list).isEmpty();
    }

    private List<Object> events() {
        return entries.list.stream().map(entry -> keys(entry).get("event")).toList();
    }

    private static Map<String, Object> keys(ILoggingEvent entry) {
        Map<String, Object> keys = new TreeMap<>();
        entry.getKeyValuePairs().forEach(pair -> keys.put(pair.key, pair.value));
        return keys;
    }
}
