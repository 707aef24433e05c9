package dev.migrate.spring.logging;

import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Says every now and then how far the action has come that runs here. */
public final class ProgressLogger implements MigrationListener {

    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();

    private final LogEvents entries;
    private final TimeSource timeSource;
    private @Nullable ProgressRate pace;
    private long toldAt;

    public ProgressLogger(LogEvents entries, TimeSource timeSource) {
        this.entries = entries;
        this.timeSource = timeSource;
    }

    @Override
    public void onStarted(MigrationEvent.Started event) {
        toldAt = timeSource.monotonicNanos();
        pace = new ProgressRate(toldAt);
    }

    @Override
    public void onProgressReported(MigrationEvent.ProgressReported progressed) {
        if (pace != null) {
            progressed(progressed.running(), pace, timeSource.monotonicNanos());
        }
    }

    private void progressed(RunningMigration running, ProgressRate of, long now) {
        of.update(running.progress(), now);
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
        entry.log("Migration {} has been running for {}", running.attempt().displayName(), of.done(now));
    }
}
