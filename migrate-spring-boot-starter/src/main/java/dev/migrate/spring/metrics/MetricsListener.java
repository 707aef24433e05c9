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

/**
 * Records the metrics of one run. All meters are registered at zero before the run begins; {@link MigrationMetrics}
 * says why.
 */
final class MetricsListener implements MigrationListener {

    private final Map<MetricOutcome, Timer> attempts = new EnumMap<>(MetricOutcome.class);
    private final Stopwatch attempt;
    private final Timer waits;
    private final Stopwatch wait;
    private final Counter takeovers;
    /** Null until the ledger is read. Written by the runner thread, read by any thread that reads a meter. */
    private volatile @Nullable LedgerCounts counts;

    MetricsListener(MeterRegistry registry, EnvironmentName environment, MigrationMonitor monitor) {
        Meters meters = Meters.of(registry, environment);
        for (MetricOutcome outcome : MetricOutcome.values()) {
            attempts.put(outcome, meters.timer(MigrationMetrics.MIGRATION, outcome));
        }
        attempt = meters.stopwatch(MigrationMetrics.MIGRATION_ACTIVE);
        waits = meters.timer(MigrationMetrics.WAIT);
        wait = meters.stopwatch(MigrationMetrics.WAIT_ACTIVE);
        takeovers = meters.counter(MigrationMetrics.TAKEOVERS);
        meters.gauge(MigrationMetrics.PENDING, () -> read(now -> now.pending().size()));
        meters.gauge(MigrationMetrics.APPLIED, () -> read(LedgerCounts::applied));
        meters.gauge(MigrationMetrics.BLOCKED, () -> monitor.snapshot().state() == State.BLOCKED ? 1 : 0);
        meters.gauge(
                MigrationMetrics.LEDGER_UNREACHABLE, () -> monitor.snapshot().detail() != null ? 1 : 0);
        meters.gauge(MigrationMetrics.ATTEMPT, () -> attemptNumber(monitor.snapshot()));
    }

    @Override
    public void onRunStarted(MigrationEvent.RunStarted opened) {
        counts = new LedgerCounts(Set.copyOf(opened.pending()), opened.applied());
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        wait.end(waits);
        attempt.drop();
        attempt.begin();
    }

    @Override
    public void onApplied(MigrationEvent.Applied done) {
        recordAttempt(MetricOutcome.APPLIED);
        count(now -> now.applied(done.applied().id()));
    }

    @Override
    public void onReverted(MigrationEvent.Reverted reverted) {
        recordAttempt(MetricOutcome.REVERTED);
        count(now -> now.reverted(reverted.attempt().id()));
    }

    @Override
    public void onAttemptFailed(MigrationEvent.AttemptFailed failed) {
        recordAttempt(failed.verdict().outcome() == Outcome.FAILED ? MetricOutcome.FAILED : MetricOutcome.INTERRUPTED);
    }

    // The following events say that no action of this process runs, or that it no longer waits.

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

    private void recordAttempt(MetricOutcome outcome) {
        Timer timer = attempts.get(outcome);
        if (timer != null) {
            attempt.end(timer);
        }
    }

    private void count(UnaryOperator<LedgerCounts> change) {
        LedgerCounts now = counts;
        if (now != null) {
            counts = change.apply(now);
        }
    }

    private double read(ToIntFunction<LedgerCounts> of) {
        LedgerCounts now = counts;
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
