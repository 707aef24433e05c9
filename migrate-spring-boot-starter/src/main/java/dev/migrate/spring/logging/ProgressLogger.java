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

/** Logs the progress of the running action every 30 seconds. */
public final class ProgressLogger implements MigrationListener {

    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();

    private final LogEvents entries;
    private final TimeSource timeSource;
    private @Nullable ProgressRate rate;
    private long loggedAt;

    public ProgressLogger(LogEvents entries, TimeSource timeSource) {
        this.entries = entries;
        this.timeSource = timeSource;
    }

    @Override
    public void onStarted(MigrationEvent.Started event) {
        loggedAt = timeSource.monotonicNanos();
        rate = new ProgressRate(loggedAt);
    }

    @Override
    public void onProgressReported(MigrationEvent.ProgressReported progressed) {
        if (rate != null) {
            progressed(progressed.running(), rate, timeSource.monotonicNanos());
        }
    }

    private void progressed(RunningMigration running, ProgressRate of, long now) {
        of.update(running.progress(), now);
        if (now - loggedAt < INTERVAL) {
            return;
        }
        loggedAt = now;
        LoggingEventBuilder entry = entries.of(running.attempt(), Level.INFO, "migration.progress")
                .addKeyValue("elapsedMillis", of.elapsed(now).toMillis());
        Progress progress = running.progress();
        if (progress != null) {
            entry = entry.addKeyValue("done", progress.done()).addKeyValue("total", progress.total());
        }
        entry.log("Migration {} has been running for {}", running.attempt().displayName(), of.done(now));
    }
}
