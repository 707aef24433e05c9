package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Durations;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.RetryPolicy;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
import dev.migrate.retry.Backoff;
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
 * @param ticker the clocks
 * @param tokens texts of which none comes twice
 * @param herald tells what happens
 * @param stopping whether the run was told to end
 * @param shop starts actions
 * @param random where the jitter of its polls comes from
 */
record Tools(
        Plan plan,
        RunnerSettings settings,
        Register register,
        Receipts receipts,
        Ticker ticker,
        Supplier<String> tokens,
        Herald herald,
        BooleanSupplier stopping,
        Work.Shop shop,
        RandomGenerator random) {

    /** Nothing is gained by asking a store that refuses more often than this. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(30);

    private static final Duration LONGEST_BEAT = Duration.ofSeconds(30);

    /** Retries until the process shuts down, while nothing of this process depends on the answer. */
    RetryPolicy untilShutdown() {
        return untilShutdown(troubleAtStart(), MAX_DELAY);
    }

    RetryPolicy untilShutdown(RetryPolicy.RetryListener listener, Duration maxDelay) {
        return new RetryPolicy(listener, stopping, MigrationsStoppedException::new, maxDelay, random);
    }

    /** Retries what must be written, also during a shutdown: only the end of the process ends it. */
    RetryPolicy untilCommitted() {
        return new RetryPolicy(herald::trouble, () -> false, MigrationsStoppedException::new, beat(), random);
    }

    /** The step that ends with a migration's receipt; empty when there is none. */
    Step<Optional<Applied>> receipt(MigrationId id) {
        return untilShutdown().call(store -> receipts.find(store, id));
    }

    Duration since(long nanos) {
        return Duration.ofNanos(ticker.nanos() - nanos);
    }

    /**
     * How often an owner beats, and asks again while its claim may be running out: far more often than its lease asks for,
     * and so that whoever looks on hears of it every now and then.
     */
    Duration beat() {
        return Durations.min(settings.lease().dividedBy(6), LONGEST_BEAT);
    }

    /** The pause before the next poll: somewhat shorter than the interval, so that a fleet does not poll in lockstep. */
    Duration jittered(Duration interval) {
        return Backoff.fixed(interval).with(random).delay(1);
    }

    /** A ledger that refuses, or does not answer for too long, ends the start where that is wanted. */
    RetryPolicy.RetryListener troubleAtStart() {
        long since = ticker.nanos();
        Duration most = settings.patience();
        return (cause, refused) -> {
            herald.trouble(cause, refused);
            boolean exit = refused && settings.onFailure() == RunnerSettings.OnFailure.EXIT;
            if (exit || (most != null && ticker.nanos() - since >= most.toNanos())) {
                throw new MigrationsBlockedException(Herald.refusal(cause));
            }
        };
    }

    @SuppressWarnings("DoNotCallSuggester") // it stands where a step is expected
    static <R> Step<R> stopped() {
        throw new MigrationsStoppedException();
    }
}
