package dev.migrate.spring.metrics;

import dev.migrate.EnvironmentName;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.startup.MigrationMonitor;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import dev.migrate.spring.startup.MigrationMonitor.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Records one run. All its meters are there, at zero, before anything happens: see {@link MigrationMetrics}. */
final class MetricsListener implements MigrationListener {

    private final Map<MetricOutcome, Timer> attempts = new EnumMap<>(MetricOutcome.class);
    private final Stopwatch attempt;
    private final Timer waits;
    private final Stopwatch wait;
    private final Counter takeovers;
    /** Null until the ledger was read. Written by the runner alone, read by whoever looks at the meters. */
    private volatile @Nullable LedgerCounts tally;

    MetricsListener(MeterRegistry registry, EnvironmentName environment, MigrationMonitor monitor) {
        Meters meters = Meters.of(registry, environment);
        for (MetricOutcome outcome : MetricOutcome.values()) {
            attempts.put(outcome, meters.timer(MigrationMetrics.MIGRATION, outcome));
        }
        attempt = meters.stopwatch(MigrationMetrics.MIGRATION_ACTIVE);
        waits = meters.timer(MigrationMetrics.WAIT);
        wait = meters.stopwatch(MigrationMetrics.WAIT_ACTIVE);
        takeovers = meters.counter(MigrationMetrics.TAKEOVERS);
        meters.gauge(
                MigrationMetrics.PENDING, () -> counted(now -> now.pending().size()));
        meters.gauge(MigrationMetrics.APPLIED, () -> counted(LedgerCounts::applied));
        meters.gauge(MigrationMetrics.BLOCKED, () -> monitor.snapshot().state() == State.BLOCKED ? 1 : 0);
        meters.gauge(
                MigrationMetrics.LEDGER_UNREACHABLE, () -> monitor.snapshot().detail() != null ? 1 : 0);
        meters.gauge(MigrationMetrics.ATTEMPT, () -> attemptNumber(monitor.snapshot()));
    }

    @Override
    public void onRunStarted(MigrationEvent.RunStarted opened) {
        tally = new LedgerCounts(Set.copyOf(opened.pending()), opened.applied());
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        wait.end(waits);
        attempt.drop();
        attempt.begin();
    }

    @Override
    public void onApplied(MigrationEvent.Applied done) {
        ended(MetricOutcome.APPLIED);
        count(now -> now.applied(done.applied().id()));
    }

    @Override
    public void onReverted(MigrationEvent.Reverted reverted) {
        ended(MetricOutcome.REVERTED);
        count(now -> now.reverted(reverted.attempt().id()));
    }

    @Override
    public void onAttemptFailed(MigrationEvent.AttemptFailed halt) {
        ended(halt.verdict().outcome() == Outcome.FAILED ? MetricOutcome.FAILED : MetricOutcome.INTERRUPTED);
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
        if (blocked.block().verdict() != null) {
            attempt.drop();
            wait.end(waits);
        }
    }

    @Override
    public void onCompleted(MigrationEvent.Completed completed) {
        attempt.drop();
        wait.end(waits);
        count(LedgerCounts::completed);
    }

    private void ended(MetricOutcome outcome) {
        Timer timer = attempts.get(outcome);
        if (timer != null) {
            attempt.end(timer);
        }
    }

    private void count(UnaryOperator<LedgerCounts> change) {
        LedgerCounts now = tally;
        if (now != null) {
            tally = change.apply(now);
        }
    }

    private double counted(ToIntFunction<LedgerCounts> of) {
        LedgerCounts now = tally;
        return now == null ? Double.NaN : of.applyAsInt(now);
    }

    private static int attemptNumber(Snapshot now) {
        Attempt attempt = now.attempt();
        BlockedStart block = now.block();
        if (attempt == null && block != null && block.verdict() != null) {
            attempt = block.verdict().attempt();
        }
        return attempt == null ? 0 : attempt.number();
    }
}
