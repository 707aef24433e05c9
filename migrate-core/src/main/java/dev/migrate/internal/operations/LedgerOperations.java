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
 * Where an operator reads a ledger, and changes it without running anything. Every change is one compare-and-set of the
 * register, made while nothing runs, and is recorded with who made it, when and why; receipts are brought into line after
 * it.
 *
 * <p>A store that refuses, or gives no answer for as long as the patience lasts, ends every method with the {@link
 * MigrationException} that says so. An interrupt ends a method with {@link RunCancelledException}.
 *
 * @since 0.1
 */
public final class LedgerOperations {

    private final ObjectStore store;
    private final EnvironmentName environment;
    private final TimeSource timeSource = TimeSource.SYSTEM;
    private final LedgerReader reader;

    /**
     * Opens the desk of an environment.
     *
     * @param store where the ledger is
     * @param environment whose ledger it is
     * @param retryPolicy how long the store may give no answer
     */
    public LedgerOperations(ObjectStore store, EnvironmentName environment, Duration retryPolicy) {
        this.store = store;
        this.environment = environment;
        this.reader = new LedgerReader(store, environment, retryPolicy, timeSource);
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
     * Reads the register alone, with one request; where there is none, the names of the receipts.
     *
     * @return what the ledger says
     */
    public LedgerState state() {
        return reader.state();
    }

    /**
     * Reads the register as the next start takes it that has these migrations: where an attempt did not end well, its
     * receipt may tell that it did, so the receipts are listed too. Nothing is written.
     *
     * @return what the next start makes of the ledger
     */
    public LedgerState settled() {
        return reader.settled();
    }

    /**
     * Says that what a verdict is about had finished: the migration is applied; or, when the verdict was on reverting it,
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
            return transitions(by, reason).resolve(state, id);
        });
        alignReceipt(now, id);
        return now;
    }

    /**
     * Allows another start of a migration on which a verdict stands; after a verdict on reverting it, it is applied as
     * before. A migration that is applied, and whose receipt somebody has taken away, becomes pending. The receipt of an
     * adopted migration is the predecessor's status file.
     *
     * @param id the sequence number
     * @param by who allows it
     * @param reason why, or null
     * @return what the ledger says now
     * @throws CommandRefusedException if there is nothing to allow, or somebody runs a migration
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
                                + " receipt, the object " + environment + "/" + object + ", and say 'retry' then.");
            }
            if (!verdict && !applied) {
                throw nothingStands(state, id, "retry");
            }
            return transitions(by, reason).retry(state, id);
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
        // Also for what was applied before: an earlier stamp may have come no further than the register.
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
                    "Check migrate.environment and migrate.ledger. If the register was lost: what failed or was interrupted"
                            + " runs again at the next start, unless it is stamped before."));
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

    /** A receipt where the register says applied, and none where it does not. */
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

    private OperatorTransitions transitions(Operator by, @Nullable String reason) {
        return new OperatorTransitions(timeSource.wallTime(), by, reason);
    }
}
