package dev.migrate.spring;

import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Progress;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Ticker;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationListener;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Shows a person on a terminal how far the action has come that runs here, in one line that is written over. */
final class ProgressBar implements MigrationListener {

    private static final String ERASE = "\r\033[2K";
    private static final int WIDTH = 24;

    private final PrintStream terminal;
    private final Ticker ticker;
    private @Nullable Pace pace;

    ProgressBar(PrintStream terminal, Ticker ticker) {
        this.terminal = terminal;
        this.ticker = ticker;
    }

    /** What happens beside the action takes the line away, whatever it is. */
    @Override
    public void on(MigrationEvent event) {
        boolean goesOn = event instanceof MigrationEvent.Started
                || event instanceof MigrationEvent.Progressed
                || event instanceof MigrationEvent.Noticed;
        if (goesOn) {
            event.deliverTo(this);
        } else if (pace != null) {
            pace = null;
            show(ERASE);
        }
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        pace = new Pace(ticker.nanos());
        draw(started.attempt(), "");
    }

    @Override
    public void onProgressed(MigrationEvent.Progressed progressed) {
        if (pace != null) {
            progressed(progressed.running(), pace, ticker.nanos());
        }
    }

    private void progressed(Running running, Pace of, long now) {
        of.heard(running.progress(), now);
        draw(running.attempt(), bar(running.progress()) + of.told(now));
    }

    private void draw(Attempt attempt, String rest) {
        // Back to the beginning of the line, so that whatever is logged meanwhile is written over it.
        show(ERASE + attempt.title() + " " + rest + "\r");
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
