package dev.migrate.internal.ledger;

import dev.migrate.MigrationException;
import dev.migrate.internal.time.Backoff;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How a process retries a request while the store gives no usable answer: without limit, with growing delays, unless the
 * retries are aborted.
 *
 * @param listener receives each failure; it may throw to end the retries
 * @param abortWhen whether to abort the retries, because the process has other work
 * @param onAbort creates the exception that {@link #call} then throws
 * @param maxDelay the longest delay before a retry
 * @param random the source of the jitter, so that the processes of a fleet do not retry in lockstep
 * @since 0.1
 */
public record RetryPolicy(
        RetryListener listener,
        BooleanSupplier abortWhen,
        Supplier<? extends RuntimeException> onAbort,
        Duration maxDelay,
        RandomGenerator random) {

    private static final Backoff UNREACHABLE = Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(15));
    private static final Backoff ACCESS_DENIED = Backoff.fixed(Duration.ofSeconds(30));

    /** Receives the failures that lead to a retry. */
    @FunctionalInterface
    public interface RetryListener {

        /**
         * The ledger gave no usable answer.
         *
         * @param cause the failure
         * @param refused whether retries fail until somebody fixes the cause
         */
        void onRetry(MigrationException cause, boolean refused);
    }

    /**
     * Sends a request until the store answers.
     *
     * @param <A> the answer
     * @param request the request; repeating it must do no harm
     * @return the step that ends with the answer, or throws what {@code onAbort} makes
     */
    public <A> Step<A> call(Function<ObjectStore, A> request) {
        return callUnlessAborted(request).map(answer -> answer.orElseThrow(onAbort));
    }

    /**
     * Sends a request until the store answers or the retries are aborted.
     *
     * @param <A> the answer
     * @param request the request; repeating it must do no harm
     * @return the step that ends with the answer; empty when the retries were aborted
     */
    public <A> Step<Optional<A>> callUnlessAborted(Function<ObjectStore, A> request) {
        return call(request, 1);
    }

    private <A> Step<Optional<A>> call(Function<ObjectStore, A> request, int attempt) {
        return new Step.StoreCall<>(store -> {
            A answer;
            try {
                answer = guarded(() -> request.apply(store));
            } catch (NonTransientStoreException | LedgerException e) {
                listener.onRetry(e, true);
                return retryAfter(accessDeniedDelay(attempt), () -> call(request, 1), Optional::empty);
            } catch (StoreUnavailableException e) {
                listener.onRetry(e, false);
                return retryAfter(delay(attempt), () -> call(request, attempt + 1), Optional::empty);
            } catch (StoreConflictException e) {
                unexpectedConflict(e, attempt);
                return retryAfter(delay(attempt), () -> call(request, attempt + 1), Optional::empty);
            }
            return new Step.Done<>(Optional.of(answer));
        });
    }

    /** A conflict although the object is unchanged. The first can come from a failed write; repeated ones are a fault of the store. */
    void unexpectedConflict(StoreConflictException conflict, int attempt) {
        if (attempt > 1) {
            String message = conflict.getMessage() + ", although no other process has written this object";
            listener.onRetry(new StoreUnavailableException(message, conflict), false);
        }
    }

    /** Treats an unexpected exception of a store as a missing answer, which is always safe. */
    static <A> A guarded(Supplier<A> call) {
        try {
            return call.get();
        } catch (MigrationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("The store failed in a way it should not: " + e, e);
        }
    }

    /** Waits and then retries, or ends with the result for an aborted request. */
    <R> Step<R> retryAfter(Duration delay, Supplier<Step<R>> retry, Supplier<R> aborted) {
        return new Step.Wait<>(
                delay, abortWhen, () -> abortWhen.getAsBoolean() ? new Step.Done<>(aborted.get()) : retry.get());
    }

    /** The delay after an attempt that got no answer. */
    Duration delay(int attempt) {
        return delay(UNREACHABLE, attempt);
    }

    /** The delay after an attempt that was refused. */
    Duration accessDeniedDelay(int attempt) {
        return delay(ACCESS_DENIED, attempt);
    }

    private Duration delay(Backoff backoff, int attempt) {
        return backoff.atMost(maxDelay).with(random).delay(attempt);
    }
}
