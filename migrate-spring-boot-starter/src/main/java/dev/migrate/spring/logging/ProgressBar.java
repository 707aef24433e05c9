package dev.migrate.spring.logging;

import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Shows the progress of the running action in a single updated line on a terminal. */
public final class ProgressBar implements MigrationListener {

    private static final String ERASE = "\r\033[2K";
    private static final int WIDTH = 24;

    private final PrintStream terminal;
    private final TimeSource timeSource;
    private @Nullable ProgressRate rate;

    public ProgressBar(PrintStream terminal, TimeSource timeSource) {
        this.terminal = terminal;
        this.timeSource = timeSource;
    }

    /** Every event that is not about the running action erases the line. */
    @Override
    public void on(MigrationEvent event) {
        boolean keepsLine = event instanceof MigrationEvent.Started
                || event instanceof MigrationEvent.ProgressReported
                || event instanceof MigrationEvent.Notice;
        if (keepsLine) {
            event.deliverTo(this);
        } else if (rate != null) {
            rate = null;
            show(ERASE);
        }
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        rate = new ProgressRate(timeSource.monotonicNanos());
        draw(started.attempt(), "");
    }

    @Override
    public void onProgressReported(MigrationEvent.ProgressReported progressed) {
        if (rate != null) {
            progressed(progressed.running(), rate, timeSource.monotonicNanos());
        }
    }

    private void progressed(RunningMigration running, ProgressRate of, long now) {
        of.update(running.progress(), now);
        draw(running.attempt(), bar(running.progress()) + of.done(now));
    }

    private void draw(Attempt attempt, String rest) {
        // Returns to the beginning of the line, so that a log entry overwrites it.
        show(ERASE + attempt.displayName() + " " + rest + "\r");
    }

    private void show(String text) {
        terminal.print(text);
        terminal.flush();
    }

    private static String bar(@Nullable Progress progress) {
        if (progress == null || progress.total() == 0) {
            return "";
        }
        int full = (int) (WIDTH * progress.done() / progress.total());
        return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] ";
    }
}
