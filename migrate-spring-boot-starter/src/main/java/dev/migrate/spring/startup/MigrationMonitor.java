package dev.migrate.spring.startup;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.StartupContext;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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
            State state,
            @Nullable Attempt attempt,
            @Nullable BlockedStart block,
            @Nullable String detail,
            Instant since) {

        /** Makes the text printable: it may tell what others wrote. */
        public Snapshot {
            detail = ForeignText.printableOrNull(detail);
        }
    }

    private volatile Snapshot snapshot = new Snapshot(State.STARTING, null, null, null, Instant.now());
    private volatile @Nullable StartupContext context;

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

    /**
     * Where the start does its work. What it says of the ledger may be asked for from any thread, during the start and
     * after it.
     *
     * @return the workplace; empty while it is not known yet, and when migrations are disabled
     */
    public Optional<StartupContext> context() {
        return Optional.ofNullable(context);
    }

    /** The start has found out where it is. */
    void at(StartupContext place) {
        context = place;
    }

    /** Lets the application serve without a run: migrations are disabled. */
    void open() {
        transitionTo(State.OPEN, null, null, null);
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        transitionTo(State.RUNNING, started.attempt(), null, null);
    }

    /** A beat went through: if something was wrong with the ledger, it is over. */
    @Override
    public void onProgressReported(MigrationEvent.ProgressReported progressed) {
        if (snapshot.state != State.RUNNING) {
            transitionTo(State.RUNNING, progressed.running().attempt(), null, null);
        }
    }

    @Override
    public void onWaiting(MigrationEvent.Waiting waiting) {
        transitionTo(State.WAITING, waiting.running().attempt(), null, null);
    }

    @Override
    public void onBlocked(MigrationEvent.Blocked blocked) {
        transitionTo(State.BLOCKED, null, blocked.block(), null);
    }

    @Override
    public void onLedgerUnreachable(MigrationEvent.LedgerUnreachable unreachable) {
        transitionTo(State.STARTING, null, null, unreachable.message());
    }

    @Override
    public void onLedgerRecovered(MigrationEvent.LedgerRecovered reached) {
        transitionTo(State.STARTING, null, null, null);
    }

    @Override
    public void onCompleted(MigrationEvent.Completed completed) {
        open();
    }

    /** What is told again, as a block is every few minutes, is so since it was told first. */
    private void transitionTo(
            State state, @Nullable Attempt attempt, @Nullable BlockedStart block, @Nullable String detail) {
        Snapshot last = snapshot;
        boolean same = last.state == state
                && Objects.equals(last.attempt, attempt)
                && Objects.equals(verdict(last.block), verdict(block));
        snapshot = new Snapshot(state, attempt, block, detail, same ? last.since : Instant.now());
    }

    private static @Nullable Attempt verdict(@Nullable BlockedStart block) {
        return block == null || block.verdict() == null ? null : block.verdict().attempt();
    }
}
