package dev.migrate.run;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.RetryPolicy;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
import dev.migrate.retry.Backoff;
import dev.migrate.store.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a ledger for an operator, who waits for a bounded time. Nothing is written. */
final class LedgerReader {

    private static final Logger log = LoggerFactory.getLogger(LedgerDesk.class);

    private static final Duration MAX_DELAY = Duration.ofSeconds(2);

    private final ObjectStore store;
    private final EnvironmentName environment;
    private final Duration storeTimeout;
    private final Ticker ticker;
    private final Register register;
    private final Receipts receipts;

    LedgerReader(ObjectStore store, EnvironmentName environment, Duration storeTimeout, Ticker ticker) {
        this.store = store;
        this.environment = environment;
        this.storeTimeout = storeTimeout;
        this.ticker = ticker;
        this.register = new Register(environment, () -> UUID.randomUUID().toString(), ticker);
        this.receipts = new Receipts(environment);
    }

    Register register() {
        return register;
    }

    Receipts receipts() {
        return receipts;
    }

    /** See {@link LedgerDesk#facts}. */
    LedgerFacts facts() {
        return facts(false);
    }

    /**
     * @param acceptDoubtful whether names that a person could read as a status file are ignored; they are refused otherwise
     */
    LedgerFacts facts(boolean acceptDoubtful) {
        List<MigrationId> there = run(retry().call(receipts::list));
        Optional<Snapshot> found = run(register.read(retry()));
        if (found.isEmpty()) {
            Adoption adoption = run(LedgerRecovery.inspect(receipts, retry(), acceptDoubtful));
            return LedgerFacts.adopted(environment, adoption, there);
        }
        LedgerState state = found.get().state();
        return new LedgerFacts(state, true, there, settled(state, there), null);
    }

    /** See {@link LedgerDesk#state}. */
    LedgerState state() {
        return run(
                register.read(retry()).then(found -> found.<Step<LedgerState>>map(seen -> new Step.End<>(seen.state()))
                        .orElseGet(() -> adoption().map(adoption -> adoption.state(environment)))));
    }

    /** See {@link LedgerDesk#settled}. */
    LedgerState settled() {
        LedgerState state = state();
        return ReceiptReconciler.open(state).isEmpty() ? state : settled(state, run(retry().call(receipts::list)));
    }

    /** With a request for each receipt that is there of what did not end well. */
    private LedgerState settled(LedgerState state, List<MigrationId> there) {
        boolean possible =
                ReceiptReconciler.open(state).stream().anyMatch(last -> last.reverts() || there.contains(last.id()));
        return !possible
                ? state
                : run(retry().call(store -> ReceiptReconciler.reconcileAll(
                        state, id -> there.contains(id) ? receipts.find(store, id) : Optional.empty(), ticker.now())));
    }

    /** Creates the register as a start would, but for an operator, who has seen what it ignores. */
    Snapshot createRegister() {
        return run(LedgerRecovery.inspect(receipts, retry(), true)
                .then(adoption -> register.create(adoption.state(environment), retry())));
    }

    private Step<Adoption> adoption() {
        return LedgerRecovery.inspect(receipts, retry(), false);
    }

    /** Retries for as long as the operator waits; a refusal ends it at once. */
    RetryPolicy retry() {
        long since = ticker.nanos();
        AtomicBoolean told = new AtomicBoolean();
        return new RetryPolicy(
                (cause, refused) -> {
                    if (refused || ticker.nanos() - since >= storeTimeout.toNanos()) {
                        throw cause;
                    }
                    if (told.compareAndSet(false, true)) {
                        log.warn(
                                "The ledger cannot be reached and is asked again, for at most {} s: {}",
                                storeTimeout.toSeconds(),
                                cause.getMessage());
                    }
                },
                () -> false,
                MigrationsStoppedException::new,
                MAX_DELAY,
                Backoff.RANDOM);
    }

    /** Takes the steps, and sleeps where they wait. */
    <R> R run(Step<R> first) {
        return Objects.requireNonNull(Driver.drive(first, store, pause -> {
            try {
                Thread.sleep(pause.most().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MigrationsStoppedException();
            }
        }));
    }
}
