package dev.migrate.run;

import dev.migrate.ledger.Patience;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
import dev.migrate.retry.Backoff;
import java.time.Duration;
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
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration LONGEST_BEAT = Duration.ofSeconds(30);

    /** Patience while nothing of ours hangs on the answer: ends when the run is told to end. */
    <R> Patience<R> patience() {
        return new Patience<>(troubleAtStart(), stopping, Tools::stopped, LONGEST);
    }

    /** Patience for what must be written, whatever comes: the end of the process alone ends it. */
    <R> Patience<R> firm() {
        return new Patience<>(herald::trouble, () -> false, Tools::stopped, beat());
    }

    /**
     * How often an owner beats, and asks again while its claim may be running out: far more often than its lease asks for,
     * and so that whoever looks on hears of it every now and then.
     */
    Duration beat() {
        Duration sixth = settings.lease().dividedBy(6);
        return sixth.compareTo(LONGEST_BEAT) > 0 ? LONGEST_BEAT : sixth;
    }

    /** The pause before the next poll: somewhat shorter than the interval, so that a fleet does not poll in lockstep. */
    Duration jittered(Duration interval) {
        return Backoff.fixed(interval).with(random).delay(1);
    }

    /** A ledger that refuses, or does not answer for too long, ends the start where that is wanted. */
    Patience.Trouble troubleAtStart() {
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
