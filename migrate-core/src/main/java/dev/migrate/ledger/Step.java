package dev.migrate.ledger;

import dev.migrate.store.ObjectStore;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a process does next. The protocol is written as steps, each of which does one thing and says what follows, so
 * that the same code runs against a real store and a real clock, or, in tests, against every order in which the steps
 * of several processes can happen. A step holds no state that changes: taking it twice is taking two roads.
 *
 * @param <R> what comes out in the end
 * @since 0.1
 */
public sealed interface Step<R> {

    /**
     * Asks the store one thing.
     *
     * @param <R> what comes out in the end
     * @param ask asks, and says what follows
     */
    record Call<R>(Function<ObjectStore, Step<R>> ask) implements Step<R> {}

    /**
     * Waits.
     *
     * @param <R> what comes out in the end
     * @param most how long
     * @param until what ends the waiting before
     * @param then what follows
     */
    record Pause<R>(Duration most, BooleanSupplier until, Supplier<Step<R>> then) implements Step<R> {}

    /**
     * Is done.
     *
     * @param <R> what comes out
     * @param result what came out
     */
    record End<R>(R result) implements Step<R> {}
}
