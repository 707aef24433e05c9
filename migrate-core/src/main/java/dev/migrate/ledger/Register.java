package dev.migrate.ledger;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationException;
import dev.migrate.retry.Backoff;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.Read;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreRefusedException;
import dev.migrate.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one place that reads and writes the register. Every write is a compare-and-set on the version last read, and is
 * settled by one rule, whatever the store answered: read, look for what was written, and only then decide.
 *
 * @since 0.1
 */
public final class Register {

    private static final Backoff UNREACHABLE = Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(15));
    private static final Backoff REFUSED = Backoff.fixed(Duration.ofSeconds(30));
    /** No store hands this out as a version: it is no ETag, no digest and no count. */
    private static final String IMPOSSIBLE_VERSION = "00000000000000000000000000000000";

    private final EnvironmentName environment;
    private final Supplier<String> nonces;
    private final Ticker ticker;
    private final Backoff unreachable;
    private final Backoff refused;

    /**
     * Makes the register of an environment.
     *
     * @param environment whose ledger it is
     * @param nonces texts of which none comes twice, nor from two processes
     * @param ticker the clocks
     * @param random where the jitter of its retries comes from
     */
    public Register(EnvironmentName environment, Supplier<String> nonces, Ticker ticker, RandomGenerator random) {
        this.environment = environment;
        this.nonces = nonces;
        this.ticker = ticker;
        this.unreachable = UNREACHABLE.with(random);
        this.refused = REFUSED.with(random);
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
     * Asks the store until it answers.
     *
     * @param <A> the answer
     * @param <R> what comes out in the end
     * @param question asks; must be harmless to ask again
     * @param patience what to do while there is no answer
     * @param then what follows the answer
     * @return the step
     */
    public <A, R> Step<R> ask(Function<ObjectStore, A> question, Patience<R> patience, Function<A, Step<R>> then) {
        return ask(question, patience, then, 1);
    }

    private <A, R> Step<R> ask(
            Function<ObjectStore, A> question, Patience<R> patience, Function<A, Step<R>> then, int attempt) {
        return new Step.Call<>(store -> {
            A answer;
            try {
                answer = guarded(() -> question.apply(store));
            } catch (StoreRefusedException | LedgerException e) {
                patience.trouble().on(e, true);
                return again(patience, patience.pause(refused, attempt), () -> ask(question, patience, then, 1));
            } catch (StoreUnavailableException e) {
                patience.trouble().on(e, false);
                return again(
                        patience,
                        patience.pause(unreachable, attempt),
                        () -> ask(question, patience, then, attempt + 1));
            } catch (StoreConflictException e) {
                groundless(e, patience, attempt);
                return again(
                        patience,
                        patience.pause(unreachable, attempt),
                        () -> ask(question, patience, then, attempt + 1));
            }
            return then.apply(answer);
        });
    }

    /** A conflict although nothing was written: once, it was a write that failed; again and again, the store is at fault. */
    private static void groundless(StoreConflictException conflict, Patience<?> patience, int attempt) {
        if (attempt > 1) {
            String message = conflict.getMessage() + ", though nobody else has written there";
            patience.trouble().on(new StoreUnavailableException(message, conflict), false);
        }
    }

    /** What a store throws that it should not is taken for no answer, which is always safe. */
    private static <A> A guarded(Supplier<A> call) {
        try {
            return call.get();
        } catch (MigrationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("The store failed in a way it should not: " + e, e);
        }
    }

    private static <R> Step<R> again(Patience<R> patience, Duration pause, Supplier<Step<R>> then) {
        return new Step.Pause<>(
                pause,
                patience.until(),
                () -> patience.until().getAsBoolean() ? patience.instead().get() : then.get());
    }

    /**
     * Reads the register.
     *
     * @param <R> what comes out in the end
     * @param patience what to do while there is no answer
     * @param then what follows; given nothing when there is no register
     * @return the step
     */
    public <R> Step<R> read(Patience<R> patience, Function<Optional<Snapshot>, Step<R>> then) {
        return ask(this::readNow, patience, then);
    }

    /**
     * Reads the register again.
     *
     * @param <R> what comes out in the end
     * @param known how it was when it was last read
     * @param patience what to do while there is no answer
     * @param then what follows; given what was known when it has not changed
     * @return the step
     */
    public <R> Step<R> readAgain(Snapshot known, Patience<R> patience, Function<Snapshot, Step<R>> then) {
        return ask(
                store -> {
                    Read read = store.readIfChanged(key(environment), known.version());
                    return read instanceof Read.Unchanged ? known : present(store, read);
                },
                patience,
                then);
    }

    /**
     * Reads the register, which this process has read or written before.
     *
     * @param <R> what comes out in the end
     * @param patience what to do while there is no answer, or no register
     * @param then what follows
     * @return the step
     */
    public <R> Step<R> reread(Patience<R> patience, Function<Snapshot, Step<R>> then) {
        return ask(store -> readPresent(store).snapshot(), patience, then);
    }

    /**
     * Makes the register, which must not exist, and makes sure that the store keeps its promise: it must refuse to make
     * it once more, and to write over a version that it never had. A store that obliges is left with a register that no
     * version of this library accepts.
     *
     * @param <R> what comes out in the end
     * @param state what it says
     * @param patience what to do while there is no answer
     * @param then what follows; given the register, made by this process or by another
     * @return the step
     */
    public <R> Step<R> create(LedgerState state, Patience<R> patience, Function<Snapshot, Step<R>> then) {
        String nonce = nonces.get();
        byte[] content = LedgerJson.write(state, 1, nonce);
        return ask(
                store -> {
                    try {
                        return new Snapshot(stamped(state, 1), store.create(key(environment), content));
                    } catch (StoreConflictException e) {
                        return readNow(store).orElseThrow(() -> e);
                    }
                },
                patience,
                made -> probe(made, patience, then));
    }

    private <R> Step<R> probe(Snapshot made, Patience<R> patience, Function<Snapshot, Step<R>> then) {
        return refused(
                store -> store.create(key(environment), tombstone()),
                patience,
                () -> refused(
                        store -> store.replace(key(environment), tombstone(), IMPOSSIBLE_VERSION),
                        patience,
                        () -> then.apply(made)));
    }

    private <R> Step<R> refused(Function<ObjectStore, String> write, Patience<R> patience, Supplier<Step<R>> then) {
        return ask(
                store -> {
                    try {
                        String unused = write.apply(store);
                    } catch (StoreConflictException e) {
                        return true;
                    }
                    throw new LedgerException(
                            store.describe() + " ignores conditional writes: it wrote over " + key(environment)
                                    + " although it was told not to. Nothing would keep two processes apart there.",
                            "Choose a store that honours If-None-Match and If-Match, such as Amazon S3.");
                },
                patience,
                yes -> then.get());
    }

    private static byte[] tombstone() {
        return "{\"refused\": \"the store ignores conditional writes\"}".getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes the register over the version last read.
     *
     * @param <R> what comes out in the end
     * @param seen what was last read
     * @param next what it shall say
     * @param patience what to do while there is no answer; when something else needs the process, the write stays open:
     *     it may be committed yet
     * @param then what follows
     * @return the step
     */
    public <R> Step<R> commit(Snapshot seen, LedgerState next, Patience<R> patience, Function<Commit, Step<R>> then) {
        Write<R> write = new Write<>(seen, next, patience, then);
        return new Step.Call<>(store -> write.send(store, ticker.nanos(), 1));
    }

    /** One write of the register, until it is settled. Its bytes and its condition never change. */
    private final class Write<R> {
        private final Snapshot seen;
        private final LedgerState next;
        private final Patience<R> patience;
        private final Function<Commit, Step<R>> then;
        private final String nonce = nonces.get();
        private final byte[] content;

        Write(Snapshot seen, LedgerState next, Patience<R> patience, Function<Commit, Step<R>> then) {
            long revision = seen.state().revision() + 1;
            this.seen = seen;
            this.next = stamped(next, revision);
            this.patience = patience;
            this.then = then;
            this.content = LedgerJson.write(next, revision, nonce);
        }

        Step<R> send(ObjectStore store, long sentAt, int attempt) {
            String version;
            try {
                version = guarded(() -> store.replace(key(environment), content, seen.version()));
            } catch (StoreRefusedException e) {
                patience.trouble().on(e, true);
                return again(patience, patience.pause(refused, attempt), () -> settle(sentAt, 1, null));
            } catch (StoreUnavailableException e) {
                patience.trouble().on(e, false);
                // It may have taken long: whatever else needs the process comes first.
                return again(patience, Duration.ZERO, () -> settle(sentAt, attempt, null));
            } catch (StoreConflictException e) {
                return settle(sentAt, attempt, e);
            }
            return then.apply(new Commit(true, new Snapshot(next, version), sentAt));
        }

        /** Whatever the answer was: what the register says now decides. */
        private Step<R> settle(long sentAt, int attempt, @Nullable StoreConflictException conflict) {
            return ask(Register.this::readPresent, patience, found -> {
                Snapshot now = found.snapshot();
                boolean unchanged = now.version().equals(seen.version());
                if (!unchanged) {
                    boolean done = found.nonce().equals(nonce);
                    return then.apply(new Commit(done, now, sentAt));
                }
                if (conflict != null) {
                    groundless(conflict, patience, attempt);
                }
                return again(
                        patience,
                        patience.pause(unreachable, attempt),
                        () -> new Step.Call<>(store -> send(store, sentAt, attempt + 1)));
            });
        }
    }

    private record Found(Snapshot snapshot, String nonce) {}

    private Optional<Snapshot> readNow(ObjectStore store) {
        Read read = store.read(key(environment));
        return read instanceof Read.Absent ? Optional.empty() : Optional.of(present(store, read));
    }

    private Found readPresent(ObjectStore store) {
        return found(store, store.read(key(environment)));
    }

    private Snapshot present(ObjectStore store, Read read) {
        return found(store, read).snapshot();
    }

    private Found found(ObjectStore store, Read read) {
        if (!(read instanceof Read.Found found)) {
            throw new LedgerException(
                    place(store) + " is gone: it was there when this process read it before.",
                    "Restore it from a version of the object; this process never makes it again. " + LedgerJson.ANEW);
        }
        LedgerJson.Register register = LedgerJson.read(found.content(), environment, place(store));
        return new Found(new Snapshot(register.state(), found.version()), register.nonce());
    }

    private String place(ObjectStore store) {
        return store.describe() + "/" + key(environment);
    }

    private static LedgerState stamped(LedgerState state, long revision) {
        return new LedgerState(
                state.environment(),
                revision,
                state.applied(),
                state.running(),
                state.halted(),
                state.attempts(),
                state.extra());
    }
}
