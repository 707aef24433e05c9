package dev.migrate.ledger;

import dev.migrate.MigrationException;
import dev.migrate.retry.Backoff;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a process does while the ledger gives no usable answer: it asks again, for as long as it takes, unless something
 * else needs it.
 *
 * @param <R> what comes out in the end
 * @param trouble is told what is wrong, each time; it may throw to end the asking
 * @param until whether something else needs the process
 * @param instead what it does then; the question stays open
 * @param longest the longest pause before it asks again
 * @since 0.1
 */
public record Patience<R>(Trouble trouble, BooleanSupplier until, Supplier<Step<R>> instead, Duration longest) {

    /** Is told what is wrong. */
    @FunctionalInterface
    public interface Trouble {

        /**
         * The ledger gave no usable answer.
         *
         * @param cause what it gave
         * @param refused whether asking again is vain until somebody mends something
         */
        void on(MigrationException cause, boolean refused);
    }

    /** The delay before the next attempt, or the longest. */
    Duration pause(Backoff backoff, int attempt) {
        return backoff.atMost(longest).delay(attempt);
    }
}
