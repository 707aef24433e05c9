package dev.migrate.internal.ledger;

import dev.migrate.store.ObjectStore;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a process does next. The protocol is written as steps, each of which does one thing and says what follows, so
 * that the same code runs against a real store and a real clock, or, in tests, against every order in which the steps
 * of several processes can happen. A step is immutable; to run it twice starts two independent executions.
 *
 * @param <R> what comes out in the end
 * @since 0.1
 */
public sealed interface Step<R> {

    /**
     * This step and all that it leads to, and then what follows from the result. A loop whose last act is to return its own
     * next step uses constant memory, because the result of {@code next} does not refer to earlier rounds.
     *
     * @param <S> what comes out in the end
     * @param next says what follows, given the result
     * @return the step
     */
    default <S> Step<S> then(Function<? super R, ? extends Step<S>> next) {
        if (this instanceof StoreCall<R> call) {
            return new StoreCall<>(store -> call.operation().apply(store).then(next));
        }
        if (this instanceof Wait<R> pause) {
            return new Wait<>(
                    pause.timeout(), pause.condition(), () -> pause.next().get().then(next));
        }
        return next.apply(((Done<R>) this).result());
    }

    /**
     * This step and all that it leads to, with another result.
     *
     * @param <S> what comes out in the end
     * @param result makes the result from this step's
     * @return the step
     */
    default <S> Step<S> map(Function<? super R, ? extends S> result) {
        return then(value -> new Done<>(result.apply(value)));
    }

    /**
     * Asks the store one thing.
     *
     * @param <R> what comes out in the end
     * @param operation asks, and says what follows
     */
    record StoreCall<R>(Function<ObjectStore, Step<R>> operation) implements Step<R> {}

    /**
     * Waits.
     *
     * @param <R> what comes out in the end
     * @param timeout how long
     * @param condition what ends the waiting before
     * @param next what follows
     */
    record Wait<R>(Duration timeout, BooleanSupplier condition, Supplier<Step<R>> next) implements Step<R> {}

    /**
     * Is done.
     *
     * @param <R> what comes out
     * @param result what came out
     */
    record Done<R>(R result) implements Step<R> {}
}
