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
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import dev.migrate.spring.ManualTimeSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is told of an action while it runs: to a log now and then, to a person on a terminal all the time. */
class ProgressTest {

    private static final Attempt ATTEMPT =
            new Attempt(MigrationId.of("0003"), "Prices", 1, "t", null, "blue", null, false, Map.of());

    private final ManualTimeSource timeSource = new ManualTimeSource();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.migrate");
    private final ListAppender<ILoggingEvent> entries = new ListAppender<>();
    private final ProgressLogger log =
            new ProgressLogger(new LogEvents(new EnvironmentName("odin-dev"), "blue"), timeSource);
    private final @Nullable Level level = logger.getLevel();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ProgressBar bar = new ProgressBar(new PrintStream(shown, true, StandardCharsets.UTF_8), timeSource);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO); // an application of another test may have left another
        entries.start();
        logger.addAppender(entries);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(entries);
        logger.setLevel(level);
    }

    private void after(int seconds, @Nullable Progress progress) {
        timeSource.pass(Duration.ofSeconds(seconds));
        var event = new MigrationEvent.ProgressReported(
                new RunningMigration(ATTEMPT, Duration.ofSeconds(60), 1, null, progress), null);
        log.on(event);
        bar.on(event);
    }

    private List<String> told() {
        return entries.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void theLogIsToldEveryThirtySecondsThatItRuns() {
        log.on(new MigrationEvent.Started(ATTEMPT, null));
        for (int i = 0; i < 9; i++) {
            after(10, null);
        }
        assertThat(told())
                .containsExactly(
                        "Migration 0003 Prices has been running for 30 s",
                        "Migration 0003 Prices has been running for 1 min 0 s",
                        "Migration 0003 Prices has been running for 1 min 30 s");
        assertThat(keys(entries.list.get(2)))
                .containsEntry("event", "migration.progress")
                .containsEntry("migration", "0003")
                .containsEntry("elapsedMillis", 90_000L)
                .doesNotContainKey("done");
    }

    @Test
    void theLogIsToldHowFastItGoesAndWhenItWillHaveEnded() {
        log.on(new MigrationEvent.Started(ATTEMPT, null));
        after(10, new Progress(1_000, 4_000)); // resumed: the first thousand is of an earlier attempt
        after(20, new Progress(1_200, 4_000));
        after(30, new Progress(1_500, 4_000));
        assertThat(told())
                .containsExactly(
                        "Migration 0003 Prices has been running for 30 s, 1200 of 4000 (30 %) done, 10.0 a second,"
                                + " about 4 min 40 s to go",
                        "Migration 0003 Prices has been running for 1 min 0 s, 1500 of 4000 (37 %) done, 10.0 a"
                                + " second, about 4 min 10 s to go");
        assertThat(keys(entries.list.get(1))).containsEntry("done", 1_500L).containsEntry("total", 4_000L);
    }

    @Test
    void nothingIsInventedWhereNothingMovesOrNobodyKnowsTheEnd() {
        log.on(new MigrationEvent.Started(ATTEMPT, null));
        after(30, new Progress(5, 0));
        after(30, new Progress(5, 0));
        after(3_600, new Progress(3_605, 0));
        assertThat(told())
                .containsExactly(
                        "Migration 0003 Prices has been running for 30 s, 5 done",
                        "Migration 0003 Prices has been running for 1 min 0 s, 5 done",
                        "Migration 0003 Prices has been running for 1 h 1 min, 3605 done, 1.0 a second");
    }

    @Test
    void aPersonSeesABarThatIsGoneWhenTheActionHasEnded() {
        bar.on(new MigrationEvent.Started(ATTEMPT, null));
        after(10, new Progress(0, 400));
        after(10, new Progress(100, 400));
        bar.on(new MigrationEvent.Applied(new AppliedMigration(ATTEMPT, null, null)));
        String text = shown.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("0003 Prices [######..................] 20 s, 100 of 400 (25 %) done, 10.0 a second")
                .endsWith("\r\u001b[2K")
                .doesNotContain("\n");
    }

    private static Map<String, Object> keys(ILoggingEvent entry) {
        return entry.getKeyValuePairs().stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }
}
