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
     * This step and all that it leads to, and then what follows from the result. A loop whose last act is to return its own
     * next step keeps no trace of its rounds, however many there are: what {@code next} returns stands alone.
     *
     * @param <S> what comes out in the end
     * @param next says what follows, given the result
     * @return the step
     */
    default <S> Step<S> then(Function<? super R, ? extends Step<S>> next) {
        if (this instanceof Call<R> call) {
            return new Call<>(store -> call.ask().apply(store).then(next));
        }
        if (this instanceof Pause<R> pause) {
            return new Pause<>(
                    pause.most(), pause.until(), () -> pause.then().get().then(next));
        }
        return next.apply(((End<R>) this).result());
    }

    /**
     * This step and all that it leads to, with another result.
     *
     * @param <S> what comes out in the end
     * @param result makes the result from this step's
     * @return the step
     */
    default <S> Step<S> map(Function<? super R, ? extends S> result) {
        return then(value -> new End<>(result.apply(value)));
    }

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
