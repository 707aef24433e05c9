package dev.migrate.internal.operations;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.ledger.RegisterRepository;
import dev.migrate.internal.ledger.RetryPolicy;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.protocol.Adoption;
import dev.migrate.internal.protocol.LedgerRecovery;
import dev.migrate.internal.protocol.ReceiptReconciler;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.runner.StepRunner;
import dev.migrate.internal.time.Backoff;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.store.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a ledger for an operator, with a time limit on the retries. Only {@link #createRegister} writes. */
final class LedgerReader {

    private static final Logger log = LoggerFactory.getLogger(LedgerOperations.class);

    private static final Duration MAX_DELAY = Duration.ofSeconds(2);

    private final ObjectStore store;
    private final EnvironmentName environment;
    private final Duration storeTimeout;
    private final TimeSource timeSource;
    private final RegisterRepository register;
    private final ReceiptRepository receipts;

    LedgerReader(ObjectStore store, EnvironmentName environment, Duration storeTimeout, TimeSource timeSource) {
        this.store = store;
        this.environment = environment;
        this.storeTimeout = storeTimeout;
        this.timeSource = timeSource;
        this.register =
                new RegisterRepository(environment, () -> UUID.randomUUID().toString(), timeSource);
        this.receipts = new ReceiptRepository(environment);
    }

    RegisterRepository register() {
        return register;
    }

    ReceiptRepository receipts() {
        return receipts;
    }

    /** See {@link LedgerOperations#report}. */
    LedgerReport facts() {
        return facts(false);
    }

    /**
     * @param acceptDoubtful whether to ignore names that a person could read as a status file; otherwise they are refused
     */
    LedgerReport facts(boolean acceptDoubtful) {
        List<MigrationId> there = run(retry().call(receipts::list));
        Optional<VersionedState> found = run(register.read(retry()));
        if (found.isEmpty()) {
            Adoption adoption = run(LedgerRecovery.inspect(receipts, retry(), acceptDoubtful));
            return LedgerReport.adopted(environment, adoption, there);
        }
        LedgerState state = found.get().state();
        return new LedgerReport(state, true, there, settled(state, there), null);
    }

    /** See {@link LedgerOperations#state}. */
    LedgerState state() {
        return run(
                register.read(retry()).then(found -> found.<Step<LedgerState>>map(seen -> new Step.Done<>(seen.state()))
                        .orElseGet(() -> adoption().map(adoption -> adoption.state(environment)))));
    }

    /** See {@link LedgerOperations#settled}. */
    LedgerState reconciled() {
        LedgerState state = state();
        return ReceiptReconciler.open(state).isEmpty() ? state : settled(state, run(retry().call(receipts::list)));
    }

    /** Sends one request for each existing receipt of a failed or interrupted attempt. */
    private LedgerState settled(LedgerState state, List<MigrationId> there) {
        boolean possible =
                ReceiptReconciler.open(state).stream().anyMatch(last -> last.isRevert() || there.contains(last.id()));
        return !possible
                ? state
                : run(retry().call(store -> ReceiptReconciler.reconcileAll(
                        state,
                        id -> there.contains(id) ? receipts.find(store, id) : Optional.empty(),
                        timeSource.wallTime())));
    }

    /** Creates the register as a start would, but ignores doubtful names, because the operator has decided so. */
    VersionedState createRegister() {
        return run(LedgerRecovery.inspect(receipts, retry(), true)
                .then(adoption -> register.create(adoption.state(environment), retry())));
    }

    private Step<Adoption> adoption() {
        return LedgerRecovery.inspect(receipts, retry(), false);
    }

    /** Retries until the timeout. A refusal ends the retries at once. */
    RetryPolicy retry() {
        long since = timeSource.monotonicNanos();
        AtomicBoolean logged = new AtomicBoolean();
        return new RetryPolicy(
                (cause, refused) -> {
                    if (refused || timeSource.monotonicNanos() - since >= storeTimeout.toNanos()) {
                        throw cause;
                    }
                    if (logged.compareAndSet(false, true)) {
                        log.warn(
                                "The ledger cannot be reached; Migrate keeps retrying for at most {} s: {}",
                                storeTimeout.toSeconds(),
                                cause.getMessage());
                    }
                },
                () -> false,
                RunCancelledException::new,
                MAX_DELAY,
                Backoff.RANDOM);
    }

    /** Runs the steps, and sleeps where a step waits. */
    <R> R run(Step<R> first) {
        return Objects.requireNonNull(StepRunner.drive(first, store, pause -> {
            try {
                Thread.sleep(pause.timeout().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunCancelledException();
            }
        }));
    }
}
