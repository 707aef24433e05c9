package dev.migrate.spring;

import dev.migrate.ledger.Progress;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Ticker;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Says every now and then how far the action has come that runs here. */
final class ProgressLog implements MigrationListener {

    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();

    private final LogEntries entries;
    private final Ticker ticker;
    private @Nullable Pace pace;
    private long toldAt;

    ProgressLog(LogEntries entries, Ticker ticker) {
        this.entries = entries;
        this.ticker = ticker;
    }

    @Override
    public void onStarted(MigrationEvent.Started event) {
        toldAt = ticker.nanos();
        pace = new Pace(toldAt);
    }

    @Override
    public void onProgressed(MigrationEvent.Progressed progressed) {
        if (pace != null) {
            progressed(progressed.running(), pace, ticker.nanos());
        }
    }

    private void progressed(Running running, Pace of, long now) {
        of.heard(running.progress(), now);
        if (now - toldAt < INTERVAL) {
            return;
        }
        toldAt = now;
        LoggingEventBuilder entry = entries.of(running.attempt(), Level.INFO, "migration.progress")
                .addKeyValue("elapsedMillis", of.elapsed(now).toMillis());
        Progress progress = running.progress();
        if (progress != null) {
            entry = entry.addKeyValue("done", progress.done()).addKeyValue("total", progress.total());
        }
        entry.log("Migration {} has been running for {}", running.attempt().title(), of.told(now));
    }
}
