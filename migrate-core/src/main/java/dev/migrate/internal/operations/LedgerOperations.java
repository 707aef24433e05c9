package dev.migrate.internal.operations;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationException;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.ledger.OperatorTransitions;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.plan.CommandRefusedException;
import dev.migrate.internal.plan.Plan;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.store.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes a ledger for an operator, without running an action. Every change is one compare-and-set of the
 * register while no migration runs. The ledger records who made the change, when and why. The receipts are then updated to
 * match.
 *
 * <p>Every method throws a {@link MigrationException} if the store refuses, or stays unavailable for longer than the timeout.
 * An interrupt ends a method with {@link RunCancelledException}.
 *
 * @since 0.1
 */
public final class LedgerOperations {

    private final ObjectStore store;
    private final EnvironmentName environment;
    private final TimeSource timeSource = TimeSource.SYSTEM;
    private final LedgerReader reader;

    /**
     * Creates the operations for an environment.
     *
     * @param store where the ledger is
     * @param environment whose ledger it is
     * @param storeTimeout how long the store may be unavailable
     */
    public LedgerOperations(ObjectStore store, EnvironmentName environment, Duration storeTimeout) {
        this.store = store;
        this.environment = environment;
        this.reader = new LedgerReader(store, environment, storeTimeout, timeSource);
    }

    /**
     * Reads everything. Nothing is written, not even where there is no ledger yet.
     *
     * @return what the ledger says
     */
    public LedgerReport report() {
        return reader.facts();
    }

    /**
     * Reads only the register, with one request. If there is no register, reads the receipts.
     *
     * @return what the ledger says
     */
    public LedgerState state() {
        return reader.state();
    }

    /**
     * Reads the register as the next start will see it. A receipt can show that a failed or interrupted attempt had succeeded,
     * so the receipts are listed too. Nothing is written.
     *
     * @return the state that the next start works with
     */
    public LedgerState reconciled() {
        return reader.reconciled();
    }

    /**
     * Records that an attempt with a verdict had finished. The migration is then applied; after a verdict on a revert, it is
     * pending.
     *
     * @param id the sequence number
     * @param by the operator
     * @param reason why, or null
     * @return the new state of the ledger
     * @throws CommandRefusedException if the migration has no verdict, or a migration is running
     */
    public LedgerState resolve(MigrationId id, Operator by, @Nullable String reason) {
        LedgerState now = change(state -> {
            if (state.verdict(id).isEmpty()) {
                throw noVerdict(state, id, "resolve");
            }
            return transitions(by, reason).resolve(state, id);
        });
        alignReceipt(now, id);
        return now;
    }

    /**
     * Allows another attempt of a migration that has a verdict. After a verdict on a revert, the migration is applied as
     * before. An applied migration whose receipt was deleted becomes pending. The receipt of an adopted migration is the
     * predecessor's status file.
     *
     * @param id the sequence number
     * @param by the operator
     * @param reason why, or null
     * @return the new state of the ledger
     * @throws CommandRefusedException if there is nothing to retry, or a migration is running
     */
    public LedgerState retry(MigrationId id, Operator by, @Nullable String reason) {
        LedgerReport facts = report();
        MigrationId object = facts.state().isAdopted(id)
                ? Objects.requireNonNull(facts.state().adoptedUpTo())
                : id;
        boolean receipt = facts.receipts().contains(object);
        return change(state -> {
            boolean applied = state.applied(id).isPresent();
            boolean verdict = state.verdict(id).isPresent();
            if (!verdict && applied && receipt) {
                throw CommandRefusedException.wrongUse(
                        here() + id + " is applied.",
                        "Revert it with command 'revert', if it can be reverted. If it must run again as it is, delete its"
                                + " receipt, the object " + environment + "/" + object + ", then run 'retry' again.");
            }
            if (!verdict && !applied) {
                throw noVerdict(state, id, "retry");
            }
            return transitions(by, reason).retry(state, id);
        });
    }

    /**
     * Records migrations as applied without running them.
     *
     * @param migrations what the build has
     * @param to the last migration to record
     * @param by the operator
     * @param reason why, or null
     * @return the migrations that were not applied before, in order
     * @throws CommandRefusedException if there is no such migration, or a migration is running
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
        LedgerReport facts = reader.facts(true);
        if (!facts.exists()) {
            VersionedState unused = reader.createRegister();
        }
        List<MigrationId> before = plan.pending(facts.state()).stream()
                .map(MigrationDefinition::id)
                .toList();
        LedgerState now = change(state -> {
            plan.checkNames(state);
            LedgerState next = state;
            for (MigrationDefinition migration : plan.pending(state)) {
                next = transitions(by, reason).stamp(next, stamped(migration, next, by));
            }
            return next;
        });
        // Also for migrations applied before: an earlier stamp may have failed after it wrote the register.
        plan.targets().stream()
                .map(MigrationDefinition::id)
                .filter(id -> before.contains(id) || !facts.receipts().contains(id))
                .filter(id -> !now.isAdopted(id))
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

    private LedgerState change(UnaryOperator<LedgerState> next) {
        return reader.run(reader.register().read(reader.retry()).then(found -> {
            VersionedState seen = found.orElseThrow(() -> CommandRefusedException.wrongUse(
                    "There is no ledger of " + environment + " in " + store.describe() + " yet.",
                    "Check migrate.environment and migrate.ledger. If the register was lost, the next start runs failed and interrupted migrations again"
                            + ", unless you stamp them first."));
            return changed(seen, next);
        }));
    }

    private Step<LedgerState> changed(VersionedState seen, UnaryOperator<LedgerState> next) {
        LedgerState state = seen.state();
        if (state.running() != null) {
            throw CommandRefusedException.busy(state.running(), environment + ", ledger " + store.describe());
        }
        LedgerState wanted = next.apply(state);
        if (wanted.equals(state)) {
            return new Step.Done<>(state);
        }
        return reader.register()
                .commit(seen, wanted, reader.retry())
                .then(result -> result.committed()
                        ? new Step.Done<>(result.snapshot().state())
                        : changed(result.snapshot(), next));
    }

    /** Writes the receipt if the register records the migration as applied, and deletes it otherwise. */
    private void alignReceipt(LedgerState now, MigrationId id) {
        Optional<AppliedMigration> applied = now.applied(id);
        Object unused = reader.run(reader.retry().<Object>call(store -> {
            if (applied.isPresent()) {
                return reader.receipts().write(store, applied.get(), now::isReverted);
            }
            reader.receipts().delete(store, id, now.nextAttempt(id) - 1);
            return id;
        }));
    }

    private CommandRefusedException noVerdict(LedgerState state, MigrationId id, String command) {
        String is = state.applied(id).isPresent() ? " is applied" : " neither failed nor was interrupted";
        return CommandRefusedException.wrongUse(
                here() + id + is + ": there is nothing to " + command + ".",
                "Command 'status' shows what blocks, if anything. If this is not the ledger that you meant, check"
                        + " migrate.environment and migrate.ledger.");
    }

    /** Names the environment and the store, so that an operator notices a wrong folder or environment. */
    private String here() {
        return "In the ledger of " + environment + " in " + store.describe() + ", ";
    }

    private OperatorTransitions transitions(Operator by, @Nullable String reason) {
        return new OperatorTransitions(timeSource.wallTime(), by, reason);
    }
}
