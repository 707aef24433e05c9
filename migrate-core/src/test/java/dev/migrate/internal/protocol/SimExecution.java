package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.ActionExecution;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An action that is played: it takes its time, and ends well, ends badly, or is ended. */
final class SimExecution implements ActionExecution {

    private final SimProcess process;
    final SimWorld.Execution execution;
    private final boolean heedsInterrupts;
    private @Nullable String checkpoint;
    private boolean cancelled;
    private boolean interrupted;

    SimExecution(SimProcess process, SimMigration migration, Attempt attempt, @Nullable String checkpoint) {
        SimWorld world = process.world;
        this.process = process;
        this.checkpoint = checkpoint;
        this.heedsInterrupts = world.chance.nextDouble() < 0.8;
        LedgerState state = SimLedger.state(world);
        boolean stood = state != null
                && state.running() != null
                && state.running().attempt().equals(attempt);
        this.execution = new SimWorld.Execution(process, migration, attempt, SimCheckpoints.number(checkpoint), stood);
        world.tell(process, "ACTION " + execution + " starts" + (checkpoint == null ? "" : " from " + checkpoint));
        world.checker.started(execution);
        world.executions.add(execution);
        world.count(attempt.isRevert() ? SimWorld.Reached.REVERT_STARTED : SimWorld.Reached.EXECUTIONS);
        double draw = world.chance.nextDouble();
        long takes = (long) ((draw < 0.2 ? 3 * SimWorld.LEASE : 5_000 * SimWorld.MILLI) * world.chance.nextDouble());
        boolean fails = world.maybe(0.15);
        endAt(world.now + takes, fails ? new IllegalStateException("played failure") : null);
        if (execution.resumable) {
            for (int i = 1; i <= 3; i++) {
                world.at(world.now + takes * i / 4, this::save);
            }
        }
    }

    private void save() {
        if (execution.endedAt == null && process.alive() && process.world.now >= process.pausedUntil) {
            execution.saves.add(process.world.now);
            checkpoint = String.valueOf(execution.from + execution.saves.size());
            process.world.checker.saved(execution);
        }
    }

    private void endAt(long when, @Nullable Throwable threw) {
        process.world.at(when, () -> end(threw));
    }

    private void end(@Nullable Throwable threw) {
        SimWorld world = process.world;
        if (execution.endedAt != null || !process.alive()) {
            return;
        }
        if (world.now < process.pausedUntil) {
            endAt(process.pausedUntil, threw);
            return;
        }
        if (world.maybe(0.05)) {
            process.crash();
            return;
        }
        execution.endedAt = world.now;
        execution.threw = threw;
        world.tell(process, "ACTION " + execution + (threw == null ? " returns" : " throws " + threw.getMessage()));
        process.wake();
    }

    void kill() {
        execution.endedAt = process.world.now;
        execution.killed = true;
    }

    @Override
    public boolean ended() {
        return execution.endedAt != null;
    }

    @Override
    public @Nullable Throwable failure() {
        return execution.threw;
    }

    @Override
    public @Nullable Duration elapsed() {
        return null;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean interrupted() {
        return interrupted;
    }

    @Override
    public void interrupt() {
        interrupted = true;
        if (heedsInterrupts) {
            endAt(process.world.now + 100 * SimWorld.MILLI, new InterruptedException("interrupted " + cancelled));
        }
    }

    @Override
    public Optional<String> lastCheckpoint() {
        return Optional.ofNullable(checkpoint);
    }

    @Override
    public @Nullable Progress progress() {
        return null;
    }
}
