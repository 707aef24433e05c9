package dev.migrate.run;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationException;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Acts;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Operator;
import dev.migrate.ledger.Patience;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
import dev.migrate.retry.Backoff;
import dev.migrate.store.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an operator reads a ledger, and changes it without running anything. Every change is one compare-and-set of the
 * register, made while nothing runs, and is recorded with who made it, when and why; receipts are brought into line after
 * it.
 *
 * <p>A store that refuses, or gives no answer for as long as the patience lasts, ends every method with the {@link
 * MigrationException} that says so. An interrupt ends a method with {@link MigrationsStoppedException}.
 *
 * @since 0.1
 */
public final class LedgerDesk {

    private static final Logger log = LoggerFactory.getLogger(LedgerDesk.class);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final ObjectStore store;
    private final EnvironmentName environment;
    private final Duration patience;
    private final Ticker ticker = Ticker.SYSTEM;
    private final Register register;
    private final Receipts receipts;

    /**
     * Opens the desk of an environment.
     *
     * @param store where the ledger is
     * @param environment whose ledger it is
     * @param patience how long the store may give no answer
     */
    public LedgerDesk(ObjectStore store, EnvironmentName environment, Duration patience) {
        this.store = store;
        this.environment = environment;
        this.patience = patience;
        this.register = new Register(environment, () -> UUID.randomUUID().toString(), ticker, Backoff.RANDOM);
        this.receipts = new Receipts(environment);
    }

    /**
     * Reads everything. Nothing is written, not even where there is no ledger yet.
     *
     * @return what the ledger says
     */
    public LedgerFacts facts() {
        LedgerFacts facts = drive(register.ask(
                receipts::list,
                patience(),
                there -> register.read(
                        patience(),
                        found -> new Step.End<>(new LedgerFacts(
                                found.map(Snapshot::state).orElseGet(() -> adopted(there)),
                                found.isPresent(),
                                there)))));
        return new LedgerFacts(
                facts.state(), facts.exists(), facts.receipts(), settled(facts.state(), facts.receipts()));
    }

    /**
     * Reads the register alone, with one request; where there is none, the names of the receipts.
     *
     * @return what the ledger says
     */
    public LedgerState state() {
        return drive(register.read(patience(), found -> found.<Step<LedgerState>>map(
                        seen -> new Step.End<>(seen.state()))
                .orElseGet(() -> register.ask(receipts::list, patience(), there -> new Step.End<>(adopted(there))))));
    }

    /**
     * Reads the register as the next start takes it that has these migrations: where an attempt did not end well, its
     * receipt may tell that it did, so the receipts are listed too. Nothing is written.
     *
     * @return what the next start makes of the ledger
     */
    public LedgerState settled() {
        LedgerState state = state();
        return Settled.open(state).isEmpty()
                ? state
                : settled(state, drive(register.ask(receipts::list, patience(), Step.End::new)));
    }

    /** With a request for each receipt that is there of what did not end well. */
    private LedgerState settled(LedgerState state, List<MigrationId> there) {
        boolean possible = Settled.open(state).stream().anyMatch(last -> last.reverts() || there.contains(last.id()));
        return !possible
                ? state
                : drive(register.<LedgerState, LedgerState>ask(
                        store -> Settled.of(
                                state,
                                id -> there.contains(id) ? receipts.find(store, id) : Optional.empty(),
                                ticker.now()),
                        patience(),
                        Step.End::new));
    }

    private LedgerState adopted(List<MigrationId> there) {
        return LedgerState.fresh(
                environment,
                there.stream()
                        .map(id -> new Applied(Attempt.bare(id), null, null))
                        .toList());
    }

    /**
     * Says that what a verdict is about had finished: the migration is applied; or, when the verdict was on undoing it,
     * pending.
     *
     * @param id the sequence number
     * @param by who says so
     * @param reason why, or null
     * @return what the ledger says now
     * @throws CommandRefusedException if no verdict stands on it, or somebody runs a migration
     */
    public LedgerState resolve(MigrationId id, Operator by, @Nullable String reason) {
        LedgerState now = change(state -> {
            if (state.verdict(id).isEmpty()) {
                throw nothingStands(state, id, "resolve");
            }
            return acts(by, reason).resolve(state, id);
        });
        alignReceipt(now, id);
        return now;
    }

    /**
     * Allows another start of a migration on which a verdict stands; after a verdict on undoing it, it is applied as
     * before. A migration that is applied, and whose receipt somebody has taken away, becomes pending.
     *
     * @param id the sequence number
     * @param by who allows it
     * @param reason why, or null
     * @return what the ledger says now
     * @throws CommandRefusedException if there is nothing to allow, or somebody runs a migration
     */
    public LedgerState retry(MigrationId id, Operator by, @Nullable String reason) {
        boolean receipt = facts().receipts().contains(id);
        return change(state -> {
            boolean applied = state.applied(id).isPresent();
            boolean verdict = state.verdict(id).isPresent();
            if (!verdict && applied && receipt) {
                throw CommandRefusedException.wrongUse(
                        here() + id + " is applied.",
                        "Undo it with command 'revert', if it can be undone. If it must run again as it is, delete its"
                                + " receipt, the object " + environment + "/" + id + ", and say 'retry' then.");
            }
            if (!verdict && !applied) {
                throw nothingStands(state, id, "retry");
            }
            return acts(by, reason).retry(state, id);
        });
    }

    /**
     * Says that migrations count as applied, though nobody ran them.
     *
     * @param migrations what the build has
     * @param to the last of them that counts
     * @param by who says so
     * @param reason why, or null
     * @return the migrations that were not applied before, in order
     * @throws CommandRefusedException if there is no such migration, or somebody runs one
     */
    public List<MigrationId> stamp(
            List<? extends MigrationDefinition> migrations, MigrationId to, Operator by, @Nullable String reason) {
        Plan plan = new Plan(migrations, null, to);
        if (plan.find(to).isEmpty()) {
            throw CommandRefusedException.wrongUse(
                    "There is no migration " + to + " in this build for " + environment + ", whose ledger is in "
                            + store.describe() + ".",
                    "Name one that command 'status' lists.");
        }
        LedgerFacts facts = facts();
        if (!facts.exists()) {
            makeRegister(by);
        }
        List<MigrationId> before = plan.pending(facts.state()).stream()
                .map(MigrationDefinition::id)
                .toList();
        LedgerState now = change(state -> {
            plan.checkNames(state);
            LedgerState next = state;
            for (MigrationDefinition migration : plan.pending(state)) {
                next = acts(by, reason).stamp(next, stamped(migration, next, by));
            }
            return next;
        });
        // Also for what was applied before: an earlier stamp may have come no further than the register.
        plan.upTo().stream()
                .map(MigrationDefinition::id)
                .filter(id -> before.contains(id) || !facts.receipts().contains(id))
                .forEach(id -> alignReceipt(now, id));
        return before;
    }

    private static Attempt stamped(MigrationDefinition migration, LedgerState state, Operator by) {
        return new Attempt(
                migration.id(),
                migration.name(),
                state.nextAttempt(migration.id()),
                UUID.randomUUID().toString(),
                null,
                null,
                by.process(),
                false,
                Map.of());
    }

    /** A start without migrations makes the register, and does nothing else. */
    private void makeRegister(Operator by) {
        RunnerSettings settings =
                RunnerSettings.of(environment, null, by.process()).forOperator(patience);
        MigrationReport unused = new MigrationRunner(store, List.of(), settings, new MigrationListener() {}).run();
    }

    private LedgerState change(UnaryOperator<LedgerState> next) {
        return drive(register.read(patience(), found -> {
            Snapshot seen = found.orElseThrow(() -> CommandRefusedException.wrongUse(
                    "There is no ledger of " + environment + " in " + store.describe() + " yet.",
                    "Check migrate.environment and migrate.ledger. If the register was lost: what failed or was interrupted"
                            + " runs again at the next start, unless it is stamped before."));
            return changed(seen, next);
        }));
    }

    private Step<LedgerState> changed(Snapshot seen, UnaryOperator<LedgerState> next) {
        LedgerState state = seen.state();
        if (state.running() != null) {
            throw CommandRefusedException.busy(state.running(), environment + ", ledger " + store.describe());
        }
        LedgerState wanted = next.apply(state);
        if (wanted.equals(state)) {
            return new Step.End<>(state);
        }
        return register.commit(
                seen,
                wanted,
                patience(),
                commit -> commit.done() ? new Step.End<>(commit.snapshot().state()) : changed(commit.snapshot(), next));
    }

    /** A receipt where the register says applied, and none where it does not. */
    private void alignReceipt(LedgerState now, MigrationId id) {
        Optional<Applied> applied = now.applied(id);
        Object unused = drive(register.<Object, Object>ask(
                store -> {
                    if (applied.isPresent()) {
                        return receipts.write(store, applied.get(), now::isUndone);
                    }
                    receipts.delete(store, id, now.nextAttempt(id) - 1);
                    return id;
                },
                patience(),
                Step.End::new));
    }

    private CommandRefusedException nothingStands(LedgerState state, MigrationId id, String command) {
        String is = state.applied(id).isPresent() ? " is applied" : " neither failed nor was interrupted";
        return CommandRefusedException.wrongUse(
                here() + id + is + ": there is nothing to " + command + ".",
                "Command 'status' shows what stands in the way, if anything. If that is another ledger than you mean, check"
                        + " migrate.environment and migrate.ledger.");
    }

    /** Whoever is in the wrong folder or environment sees it by this alone. */
    private String here() {
        return "In the ledger of " + environment + " in " + store.describe() + ", ";
    }

    private Acts acts(Operator by, @Nullable String reason) {
        return new Acts(ticker.now(), by, reason);
    }

    private <R> Patience<R> patience() {
        long since = ticker.nanos();
        AtomicBoolean told = new AtomicBoolean();
        return new Patience<>(
                (cause, refused) -> {
                    if (refused || ticker.nanos() - since >= patience.toNanos()) {
                        throw cause;
                    }
                    if (told.compareAndSet(false, true)) {
                        log.warn(
                                "The ledger cannot be reached and is asked again, for at most {} s: {}",
                                patience.toSeconds(),
                                cause.getMessage());
                    }
                },
                () -> false,
                () -> {
                    throw new MigrationsStoppedException();
                },
                LONGEST_PAUSE);
    }

    private <R> R drive(Step<R> first) {
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
