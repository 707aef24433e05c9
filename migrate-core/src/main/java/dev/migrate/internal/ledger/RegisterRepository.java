package dev.migrate.internal.ledger;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place that reads and writes the register. Every write is a compare-and-set on the version last read, and is
 * settled by one rule, whatever the store answered: read, look for what was written, and only then decide.
 *
 * @since 0.1
 */
public final class RegisterRepository {

    private final EnvironmentName environment;
    private final Supplier<String> nonces;
    private final TimeSource timeSource;

    /**
     * Makes the register of an environment.
     *
     * @param environment whose ledger it is
     * @param nonces texts of which none comes twice, nor from two processes
     * @param timeSource the clocks
     */
    public RegisterRepository(EnvironmentName environment, Supplier<String> nonces, TimeSource timeSource) {
        this.environment = environment;
        this.nonces = nonces;
        this.timeSource = timeSource;
    }

    /**
     * The key of the one object that a start with nothing to do reads.
     *
     * @param environment whose ledger it is
     * @return the key
     */
    public static String key(EnvironmentName environment) {
        return environment.value() + "/ledger.json";
    }

    /**
     * Reads the register.
     *
     * @param retry how to retry
     * @return the step that ends with the register; empty when there is none
     */
    public Step<Optional<VersionedState>> read(RetryPolicy retry) {
        return retry.call(this::readNow);
    }

    /**
     * Reads the register again.
     *
     * @param known the register as it was last read
     * @param retry how to retry
     * @return the step that ends with the register; with {@code known} when it has not changed
     */
    public Step<VersionedState> readAgain(VersionedState known, RetryPolicy retry) {
        return retry.call(store -> {
            ReadResult read = store.readIfChanged(key(environment), known.version());
            return read instanceof ReadResult.Unchanged ? known : present(store, read);
        });
    }

    /**
     * Reads the register, which this process has read or written before.
     *
     * @param retry how to retry; also while there is no register
     * @return the step that ends with the register
     */
    public Step<VersionedState> reread(RetryPolicy retry) {
        return retry.call(this::readPresent);
    }

    /**
     * Reads the register, which this process has read or written before.
     *
     * @param retry how to retry; also while there is no register
     * @return the step that ends with the register; empty when the retries were aborted
     */
    public Step<Optional<VersionedState>> rereadUnlessAborted(RetryPolicy retry) {
        return retry.callUnlessAborted(this::readPresent);
    }

    /**
     * Makes the register, which must not exist, and makes sure that the store keeps its promise.
     *
     * @param state what it says
     * @param retry how to retry
     * @return the step that ends with the register, made by this process or by another
     */
    public Step<VersionedState> create(LedgerState state, RetryPolicy retry) {
        String nonce = nonces.get();
        byte[] content = LedgerJson.write(state, 1, nonce);
        return retry.<VersionedState>call(store -> {
                    try {
                        return new VersionedState(state.at(1), store.create(key(environment), content));
                    } catch (StoreConflictException e) {
                        return readNow(store).orElseThrow(() -> e);
                    }
                })
                .then(made -> new ConditionProbe(key(environment)).run(retry).map(refused -> made));
    }

    /**
     * Writes the register over the version last read.
     *
     * @param seen what was last read
     * @param next what it shall say
     * @param retry how to retry
     * @return the step that ends with the result; undecided when the retries were aborted
     */
    public Step<WriteResult> commit(VersionedState seen, LedgerState next, RetryPolicy retry) {
        Write write = new Write(seen, next, retry);
        return new Step.StoreCall<>(store -> write.send(store, timeSource.monotonicNanos(), 1));
    }

    /** One write of the register, until it is settled. Its bytes and its condition never change. */
    private final class Write {
        private final VersionedState base;
        private final LedgerState next;
        private final RetryPolicy retry;
        private final String nonce = nonces.get();
        private final byte[] content;

        Write(VersionedState seen, LedgerState next, RetryPolicy retry) {
            long revision = seen.state().revision() + 1;
            this.base = seen;
            this.next = next.at(revision);
            this.retry = retry;
            this.content = LedgerJson.write(next, revision, nonce);
        }

        Step<WriteResult> send(ObjectStore store, long sentAt, int attempt) {
            String version;
            try {
                version = RetryPolicy.guarded(() -> store.replace(key(environment), content, base.version()));
            } catch (NonTransientStoreException e) {
                retry.listener().onRetry(e, true);
                return retryAfter(retry.accessDeniedDelay(attempt), sentAt, () -> settle(sentAt, 1, null));
            } catch (StoreUnavailableException e) {
                retry.listener().onRetry(e, false);
                // It may have taken long: whatever else needs the process comes first.
                return retryAfter(Duration.ZERO, sentAt, () -> settle(sentAt, attempt, null));
            } catch (StoreConflictException e) {
                return settle(sentAt, attempt, e);
            }
            return end(WriteResult.Status.COMMITTED, new VersionedState(next, version), sentAt);
        }

        /** Whatever the answer was: what the register says now decides. */
        private Step<WriteResult> settle(long sentAt, int attempt, @Nullable StoreConflictException conflict) {
            return retry.callUnlessAborted(RegisterRepository.this::readWithNonce)
                    .then(answer -> {
                        if (answer.isEmpty()) {
                            return end(WriteResult.Status.UNDECIDED, base, sentAt);
                        }
                        Found found = answer.get();
                        VersionedState now = found.snapshot();
                        boolean unchanged = now.version().equals(base.version());
                        if (!unchanged) {
                            boolean done = found.nonce().equals(nonce);
                            return end(done ? WriteResult.Status.COMMITTED : WriteResult.Status.LOST, now, sentAt);
                        }
                        if (conflict != null) {
                            retry.unexpectedConflict(conflict, attempt);
                        }
                        return retryAfter(
                                retry.delay(attempt),
                                sentAt,
                                () -> new Step.StoreCall<>(store -> send(store, sentAt, attempt + 1)));
                    });
        }

        private Step<WriteResult> retryAfter(Duration delay, long sentAt, Supplier<Step<WriteResult>> then) {
            return retry.retryAfter(delay, then, () -> new WriteResult(WriteResult.Status.UNDECIDED, base, sentAt));
        }

        private static Step<WriteResult> end(WriteResult.Status status, VersionedState now, long sentAt) {
            return new Step.Done<>(new WriteResult(status, now, sentAt));
        }
    }

    private record Found(VersionedState snapshot, String nonce) {}

    private Optional<VersionedState> readNow(ObjectStore store) {
        ReadResult read = store.read(key(environment));
        return read instanceof ReadResult.Absent ? Optional.empty() : Optional.of(present(store, read));
    }

    private VersionedState readPresent(ObjectStore store) {
        return readWithNonce(store).snapshot();
    }

    private Found readWithNonce(ObjectStore store) {
        return found(store, store.read(key(environment)));
    }

    private VersionedState present(ObjectStore store, ReadResult read) {
        return found(store, read).snapshot();
    }

    private Found found(ObjectStore store, ReadResult read) {
        if (!(read instanceof ReadResult.Found found)) {
            throw new LedgerException(
                    location(store) + " is gone: it was there when this process read it before.",
                    "Restore it from a version of the object; this process never makes it again. " + LedgerJson.ANEW);
        }
        LedgerJson.RegisterDocument register = LedgerJson.read(found.content(), environment, location(store));
        return new Found(new VersionedState(register.state(), found.version()), register.nonce());
    }

    private String location(ObjectStore store) {
        return store.describe() + "/" + key(environment);
    }
}
