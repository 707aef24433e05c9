package dev.migrate.run;

import dev.migrate.ledger.Step;
import dev.migrate.store.ObjectStore;

/** Takes the steps of a run against a real store. */
final class Driver {

    private Driver() {}

    /** Waits as a step asks. */
    @FunctionalInterface
    interface Waiter {
        void await(Step.Pause<?> pause);
    }

    static <R> R drive(Step<R> first, ObjectStore store, Waiter waiter) {
        Step<R> step = first;
        while (true) {
            if (step instanceof Step.Call<R> call) {
                step = call.ask().apply(store);
            } else if (step instanceof Step.Pause<R> pause) {
                waiter.await(pause);
                step = pause.then().get();
            } else {
                return ((Step.End<R>) step).result();
            }
        }
    }
}
