package dev.migrate.spring.meter;

import dev.migrate.EnvironmentName;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Verdict;
import dev.migrate.run.Block;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationListener;
import dev.migrate.spring.MigrationMonitor;
import dev.migrate.spring.MigrationMonitor.Snapshot;
import dev.migrate.spring.MigrationMonitor.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Records one run. All its meters are there, at zero, before anything happens: see {@link Signal}. */
final class MeterListener implements MigrationListener {

    private final Map<Outcome, Timer> attempts = new EnumMap<>(Outcome.class);
    private final Stopwatch attempt;
    private final Timer waits;
    private final Stopwatch wait;
    private final Counter takeovers;
    /** Null until the ledger was read. Written by the runner alone, read by whoever looks at the meters. */
    private volatile @Nullable Tally tally;

    MeterListener(MeterRegistry registry, EnvironmentName environment, MigrationMonitor monitor) {
        Meters meters = Meters.of(registry, environment);
        for (Outcome outcome : Outcome.values()) {
            attempts.put(outcome, meters.timer(Signal.MIGRATION, outcome));
        }
        attempt = meters.stopwatch(Signal.MIGRATION_ACTIVE);
        waits = meters.timer(Signal.WAIT);
        wait = meters.stopwatch(Signal.WAIT_ACTIVE);
        takeovers = meters.counter(Signal.TAKEOVERS);
        meters.gauge(Signal.PENDING, () -> counted(now -> now.pending().size()));
        meters.gauge(Signal.APPLIED, () -> counted(Tally::applied));
        meters.gauge(Signal.BLOCKED, () -> monitor.snapshot().state() == State.BLOCKED ? 1 : 0);
        meters.gauge(Signal.LEDGER_UNREACHABLE, () -> monitor.snapshot().detail() != null ? 1 : 0);
        meters.gauge(Signal.ATTEMPT, () -> attemptNumber(monitor.snapshot()));
    }

    @Override
    public void onOpened(MigrationEvent.Opened opened) {
        tally = new Tally(Set.copyOf(opened.pending()), opened.applied());
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        wait.end(waits);
        attempt.drop();
        attempt.begin();
    }

    @Override
    public void onApplied(MigrationEvent.AppliedNow done) {
        ended(Outcome.APPLIED);
        count(now -> now.applied(done.applied().id()));
    }

    @Override
    public void onReverted(MigrationEvent.Reverted undone) {
        ended(Outcome.REVERTED);
        count(now -> now.reverted(undone.attempt().id()));
    }

    @Override
    public void onHalted(MigrationEvent.Halt halt) {
        ended(halt.halted().verdict() == Verdict.FAILED ? Outcome.FAILED : Outcome.INTERRUPTED);
    }

    // What tells that no action of this process runs any more, or that it waits no longer.

    @Override
    public void onWaiting(MigrationEvent.Waiting waiting) {
        attempt.drop();
        wait.begin();
    }

    @Override
    public void onTakenOver(MigrationEvent.TakenOver taken) {
        takeovers.increment();
        wait.end(waits);
    }

    @Override
    public void onBlocked(MigrationEvent.Blocked blocked) {
        if (blocked.block().halted() != null) {
            attempt.drop();
            wait.end(waits);
        }
    }

    @Override
    public void onCompleted(MigrationEvent.Completed completed) {
        attempt.drop();
        wait.end(waits);
        count(Tally::completed);
    }

    private void ended(Outcome outcome) {
        Timer timer = attempts.get(outcome);
        if (timer != null) {
            attempt.end(timer);
        }
    }

    private void count(UnaryOperator<Tally> change) {
        Tally now = tally;
        if (now != null) {
            tally = change.apply(now);
        }
    }

    private double counted(ToIntFunction<Tally> of) {
        Tally now = tally;
        return now == null ? Double.NaN : of.applyAsInt(now);
    }

    private static int attemptNumber(Snapshot now) {
        Attempt attempt = now.attempt();
        Block block = now.block();
        if (attempt == null && block != null && block.halted() != null) {
            attempt = block.halted().attempt();
        }
        return attempt == null ? 0 : attempt.number();
    }
}
