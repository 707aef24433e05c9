package dev.migrate.spring;

import dev.migrate.ledger.Attempt;
import dev.migrate.run.Block;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationListener;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Knows how far the start has come. The gate, the health contributor and whoever else must answer for the application
 * ask here.
 *
 * @since 0.1
 */
public final class MigrationMonitor implements MigrationListener {

    /** How far a start has come. */
    public enum State {
        /** The ledger was not read yet, or cannot be reached. */
        STARTING,
        /** This process runs a migration. */
        RUNNING,
        /** Another process runs a migration. */
        WAITING,
        /** A verdict, or a ledger that refuses, is in the way. */
        BLOCKED,
        /** Nothing is pending: the application may serve. */
        OPEN
    }

    /**
     * What is known at one moment.
     *
     * @param state how far the start has come
     * @param attempt what runs here or elsewhere, or null
     * @param block why the start is blocked, or null
     * @param detail the last word on a store that cannot be reached, or null
     * @param since when this became so
     */
    public record Snapshot(
            State state, @Nullable Attempt attempt, @Nullable Block block, @Nullable String detail, Instant since) {}

    private volatile Snapshot snapshot = of(State.STARTING, null, null, null);

    /** Makes a monitor for one start. */
    public MigrationMonitor() {}

    /**
     * What is known now.
     *
     * @return the last snapshot
     */
    public Snapshot snapshot() {
        return snapshot;
    }

    /**
     * Whether the application may serve.
     *
     * @return whether the state is {@link State#OPEN}
     */
    public boolean isOpen() {
        return snapshot.state == State.OPEN;
    }

    /** Lets the application serve without a run: migrations are switched off. */
    void open() {
        snapshot = of(State.OPEN, null, null, null);
    }

    @Override
    public void on(MigrationEvent event) {
        if (event instanceof MigrationEvent.Started started) {
            snapshot = of(State.RUNNING, started.attempt(), null, null);
        } else if (event instanceof MigrationEvent.Progressed progressed) {
            progressed(progressed.running().attempt());
        } else if (event instanceof MigrationEvent.Waiting waiting) {
            snapshot = of(State.WAITING, waiting.running().attempt(), null, null);
        } else if (event instanceof MigrationEvent.Blocked blocked) {
            snapshot = of(State.BLOCKED, null, blocked.block(), null);
        } else if (event instanceof MigrationEvent.LedgerUnreachable unreachable) {
            snapshot = of(State.STARTING, null, null, unreachable.message());
        } else if (event instanceof MigrationEvent.Completed) {
            open();
        }
    }

    /** A beat went through: if something was wrong with the ledger, it is over. */
    private void progressed(Attempt attempt) {
        if (snapshot.state != State.RUNNING) {
            snapshot = of(State.RUNNING, attempt, null, null);
        }
    }

    private static Snapshot of(State state, @Nullable Attempt attempt, @Nullable Block block, @Nullable String detail) {
        return new Snapshot(state, attempt, block, detail, Instant.now());
    }
}
