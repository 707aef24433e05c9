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
 * Tracks the state of the startup. The gate, the health contributor, the endpoint and the metrics read it.
 *
 * @since 0.1
 */
public final class MigrationMonitor implements MigrationListener {

    /** The state of a startup. */
    public enum State {
        /** The ledger has not been read, or is unreachable. */
        STARTING,
        /** This process runs a migration. */
        RUNNING,
        /** Another process runs a migration. */
        WAITING,
        /** A verdict or a ledger that refuses access blocks the startup. */
        BLOCKED,
        /** No migration is pending, or migrations are disabled: the application may serve. */
        OPEN
    }

    /**
     * The state of the startup at one moment.
     *
     * @param state the state
     * @param attempt the attempt that runs in this or another process, or null
     * @param block why the startup is blocked, or null
     * @param detail the last error of an unreachable store, or null
     * @param since when this state began
     */
    public record Snapshot(
            State state,
            @Nullable Attempt attempt,
            @Nullable BlockedStart block,
            @Nullable String detail,
            Instant since) {

        /** Makes the detail printable, because it can contain foreign text. */
        public Snapshot {
            detail = ForeignText.printableOrNull(detail);
        }
    }

    private volatile Snapshot snapshot = new Snapshot(State.STARTING, null, null, null, Instant.now());
    private volatile @Nullable StartupContext context;

    /** Creates a monitor in state {@link State#STARTING}. */
    public MigrationMonitor() {}

    /**
     * Returns the current state.
     *
     * @return the latest snapshot
     */
    public Snapshot snapshot() {
        return snapshot;
    }

    /**
     * Tells whether the application may serve.
     *
     * @return true if the state is {@link State#OPEN}
     */
    public boolean isOpen() {
        return snapshot.state == State.OPEN;
    }

    /**
     * Returns the context of the startup. Its methods may be called from any thread, during the startup and after it.
     *
     * @return the context; empty until it is created, and if migrations are disabled
     */
    public Optional<StartupContext> context() {
        return Optional.ofNullable(context);
    }

    /** Publishes the context of the startup. */
    void setContext(StartupContext startupContext) {
        context = startupContext;
    }

    /** Opens the gate. */
    void open() {
        transitionTo(State.OPEN, null, null, null);
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        transitionTo(State.RUNNING, started.attempt(), null, null);
    }

    /** A heartbeat was written, so the ledger is reachable again. */
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

    /** Repeated events, such as the reminder of a block, keep the time of the first one. */
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
