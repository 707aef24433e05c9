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
 * The dependencies of the steps of a run.
 *
 * @param plan the migrations of this build
 * @param settings the settings of the run
 * @param register the ledger's register
 * @param receipts the ledger's receipts
 * @param effects the clocks and the sources of tokens and randomness
 * @param events publishes the events of the run
 * @param stopping whether shutdown was requested
 * @param actions starts actions
 */
public record ProtocolContext(
        Plan plan,
        RunnerSettings settings,
        RegisterRepository register,
        ReceiptRepository receipts,
        Effects effects,
        EventPublisher events,
        BooleanSupplier stopping,
        ActionExecution.ActionExecutor actions) {

    /**
     * What a run takes from outside and a test replaces.
     *
     * @param timeSource the clocks
     * @param tokens supplies unique tokens
     * @param random the source of the jitter of polls and retries
     */
    public record Effects(TimeSource timeSource, Supplier<String> tokens, RandomGenerator random) {}

    /** Nothing is gained by asking a store that refuses more often than this. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(30);

    private static final Duration MAX_HEARTBEAT_INTERVAL = Duration.ofSeconds(30);

    /** Retries until the process shuts down. For requests on which no write of this process depends. */
    RetryPolicy untilShutdown() {
        return untilShutdown(retryListenerAtStart(), MAX_DELAY);
    }

    RetryPolicy untilShutdown(RetryPolicy.RetryListener listener, Duration maxDelay) {
        return new RetryPolicy(listener, stopping, RunCancelledException::new, maxDelay, effects.random());
    }

    /** Retries a necessary write without limit, also during a shutdown. */
    RetryPolicy untilCommitted() {
        return new RetryPolicy(
                events::ledgerTrouble, () -> false, RunCancelledException::new, heartbeatInterval(), effects.random());
    }

    /** The step that reads a migration's receipt; empty if there is none. */
    Step<Optional<AppliedMigration>> receipt(MigrationId id) {
        return untilShutdown().call(store -> receipts.find(store, id));
    }

    TimeSource timeSource() {
        return effects.timeSource();
    }

    Duration since(long nanos) {
        return Duration.ofNanos(timeSource().monotonicNanos() - nanos);
    }

    /**
     * The interval of an owner's heartbeats, and the longest delay of its retries. It is much shorter than the lease, and short
     * enough to show progress to observers.
     */
    Duration heartbeatInterval() {
        return Durations.min(settings.lease().dividedBy(6), MAX_HEARTBEAT_INTERVAL);
    }

    /**
     * The delay before the next poll: up to half longer than the interval, so that a fleet does not poll in lockstep, and never
     * shorter, so that no process polls more often than the interval allows.
     */
    Duration jittered(Duration interval) {
        Duration shorter = Backoff.fixed(interval).with(effects.random()).delay(1);
        return interval.multipliedBy(2).minus(shorter);
    }

    /** Ends the start if the settings say so and the ledger refuses, or is unavailable for too long. */
    RetryPolicy.RetryListener retryListenerAtStart() {
        long since = timeSource().monotonicNanos();
        Duration most = settings.storeTimeout();
        return (cause, refused) -> {
            events.ledgerTrouble(cause, refused);
            boolean exit = refused && settings.onFailure() == RunnerSettings.OnFailure.EXIT;
            if (exit || (most != null && timeSource().monotonicNanos() - since >= most.toNanos())) {
                throw new MigrationsBlockedException(EventPublisher.accessDenied(cause));
            }
        };
    }

    @SuppressWarnings("DoNotCallSuggester") // its callers expect a step
    static <R> Step<R> cancelled() {
        throw new RunCancelledException();
    }
}
