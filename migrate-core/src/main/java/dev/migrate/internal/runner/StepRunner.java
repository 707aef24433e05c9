package dev.migrate.internal.runner;

import dev.migrate.internal.ledger.Step;
import dev.migrate.store.ObjectStore;

/** Runs the steps of a run with a real store. */
public final class StepRunner {

    private StepRunner() {}

    /** Waits as a step asks. */
    @FunctionalInterface
    public interface Waiter {
        void await(Step.Wait<?> pause);
    }

    public static <R> R drive(Step<R> first, ObjectStore store, Waiter waiter) {
        Step<R> step = first;
        while (true) {
            if (step instanceof Step.StoreCall<R> call) {
                step = call.operation().apply(store);
            } else if (step instanceof Step.Wait<R> pause) {
                waiter.await(pause);
                step = pause.next().get();
            } else {
                return ((Step.Done<R>) step).result();
            }
        }
    }
}
