package dev.migrate.spring.logging;

import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Shows a person on a terminal how far the action has come that runs here, in one line that is written over. */
public final class ProgressBar implements MigrationListener {

    private static final String ERASE = "\r\033[2K";
    private static final int WIDTH = 24;

    private final PrintStream terminal;
    private final TimeSource timeSource;
    private @Nullable ProgressRate pace;

    public ProgressBar(PrintStream terminal, TimeSource timeSource) {
        this.terminal = terminal;
        this.timeSource = timeSource;
    }

    /** What happens beside the action takes the line away, whatever it is. */
    @Override
    public void on(MigrationEvent event) {
        boolean goesOn = event instanceof MigrationEvent.Started
                || event instanceof MigrationEvent.ProgressReported
                || event instanceof MigrationEvent.Notice;
        if (goesOn) {
            event.deliverTo(this);
        } else if (pace != null) {
            pace = null;
            show(ERASE);
        }
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        pace = new ProgressRate(timeSource.monotonicNanos());
        draw(started.attempt(), "");
    }

    @Override
    public void onProgressReported(MigrationEvent.ProgressReported progressed) {
        if (pace != null) {
            progressed(progressed.running(), pace, timeSource.monotonicNanos());
        }
    }

    private void progressed(RunningMigration running, ProgressRate of, long now) {
        of.update(running.progress(), now);
        draw(running.attempt(), bar(running.progress()) + of.done(now));
    }

    private void draw(Attempt attempt, String rest) {
        // Back to the beginning of the line, so that whatever is logged meanwhile is written over it.
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
