package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.execution.ActionExecution;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.ledger.RegisterRepository;
import dev.migrate.internal.ledger.RetryPolicy;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.plan.Plan;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.reporting.EventPublisher;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.time.Backoff;
import dev.migrate.internal.time.Durations;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.AppliedMigration;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the steps of a run work with.
 *
 * @param plan the migrations of this build
 * @param settings how to run
 * @param register the ledger's register
 * @param receipts the ledger's receipts
 * @param timeSource the clocks
 * @param tokens texts of which none comes twice
 * @param events tells what happens
 * @param stopping whether the run was told to end
 * @param actions starts actions
 * @param random where the jitter of its polls comes from
 */
public record ProtocolContext(
        Plan plan,
        RunnerSettings settings,
        RegisterRepository register,
        ReceiptRepository receipts,
        TimeSource timeSource,
        Supplier<String> tokens,
        EventPublisher events,
        BooleanSupplier stopping,
        ActionExecution.ActionExecutor actions,
        RandomGenerator random) {

    /** Nothing is gained by asking a store that refuses more often than this. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(30);

    private static final Duration MAX_HEARTBEAT_INTERVAL = Duration.ofSeconds(30);

    /** Retries until the process shuts down, while nothing of this process depends on the answer. */
    RetryPolicy untilShutdown() {
        return untilShutdown(retryListenerAtStart(), MAX_DELAY);
    }

    RetryPolicy untilShutdown(RetryPolicy.RetryListener listener, Duration maxDelay) {
        return new RetryPolicy(listener, stopping, RunCancelledException::new, maxDelay, random);
    }

    /** Retries what must be written, also during a shutdown: only the end of the process ends it. */
    RetryPolicy untilCommitted() {
        return new RetryPolicy(
                events::ledgerTrouble, () -> false, RunCancelledException::new, heartbeatInterval(), random);
    }

    /** The step that ends with a migration's receipt; empty when there is none. */
    Step<Optional<AppliedMigration>> receipt(MigrationId id) {
        return untilShutdown().call(store -> receipts.find(store, id));
    }

    Duration since(long nanos) {
        return Duration.ofNanos(timeSource.monotonicNanos() - nanos);
    }

    /**
     * How often an owner beats, and asks again while its claim may be running out: far more often than its lease asks for,
     * and so that whoever looks on hears of it every now and then.
     */
    Duration heartbeatInterval() {
        return Durations.min(settings.lease().dividedBy(6), MAX_HEARTBEAT_INTERVAL);
    }

    /**
     * The delay before the next poll: up to half longer than the interval, so that a fleet does not poll in lockstep, and never
     * shorter, so that no process polls more often than the interval allows.
     */
    Duration jittered(Duration interval) {
        Duration shorter = Backoff.fixed(interval).with(random).delay(1);
        return interval.multipliedBy(2).minus(shorter);
    }

    /** A ledger that refuses, or does not answer for too long, ends the start where that is wanted. */
    RetryPolicy.RetryListener retryListenerAtStart() {
        long since = timeSource.monotonicNanos();
        Duration most = settings.storeTimeout();
        return (cause, refused) -> {
            events.ledgerTrouble(cause, refused);
            boolean exit = refused && settings.onFailure() == RunnerSettings.OnFailure.EXIT;
            if (exit || (most != null && timeSource.monotonicNanos() - since >= most.toNanos())) {
                throw new MigrationsBlockedException(EventPublisher.accessDenied(cause));
            }
        };
    }

    @SuppressWarnings("DoNotCallSuggester") // it stands where a step is expected
    static <R> Step<R> cancelled() {
        throw new RunCancelledException();
    }
}
