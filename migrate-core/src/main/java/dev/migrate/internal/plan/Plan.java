package dev.migrate.internal.plan;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.HistoryEntry;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of this build, compared with the ledger. {@link #decide} contains every rule on whether an action may start.
 */
public final class Plan {

    private final List<MigrationDefinition> migrations;
    private final @Nullable String deployment;
    private final @Nullable MigrationId lastTarget;

    /**
     * @param deployment the build that runs, or null
     * @param to the last migration that is to run, or null
     */
    public Plan(List<? extends MigrationDefinition> migrations, @Nullable String deployment, @Nullable MigrationId to) {
        this.migrations = migrations.stream()
                .<MigrationDefinition>map(migration -> migration)
                .sorted(Comparator.comparing(MigrationDefinition::id))
                .toList();
        this.deployment = deployment;
        this.lastTarget = to;
        for (int i = 1; i < this.migrations.size(); i++) {
            MigrationDefinition one = this.migrations.get(i - 1);
            MigrationDefinition other = this.migrations.get(i);
            if (one.id().equals(other.id())) {
                throw new MigrationDefinitionException(
                        "Two migrations have the number " + one.id() + ": " + one.origin() + " and " + other.origin()
                                + ". Nothing was run.",
                        "Give one of them the next free number; the one that is applied somewhere keeps its own.");
            }
        }
    }

    public int size() {
        return migrations.size();
    }

    /** All migrations of the build, in order. */
    public List<MigrationDefinition> all() {
        return migrations;
    }

    /** The migrations up to the last target, applied or not, in order. */
    public List<MigrationDefinition> targets() {
        return migrations.stream()
                .filter(migration -> lastTarget == null || migration.id().compareTo(lastTarget) <= 0)
                .toList();
    }

    /** The targets that the ledger does not record as applied, in order. */
    public List<MigrationDefinition> pending(LedgerState state) {
        return targets().stream()
                .filter(migration -> state.applied(migration.id()).isEmpty())
                .toList();
    }

    /**
     * Decides what comes next.
     *
     * @param state what the register says
     * @param found the verdicts that this process found at its first read, by {@link RunResults#key}
     */
    public Decision decide(LedgerState state, Set<String> found) {
        List<MigrationDefinition> pending = pending(state);
        RunningMigration running = state.running();
        if (running != null && (!pending.isEmpty() || running.attempt().isRevert())) {
            return new Decision.Wait(running);
        }
        BlockingVerdict halted = state.halted();
        if (halted != null
                && (!pending.isEmpty() || halted.attempt().isRevert())
                && !mayProceedPast(halted, state, found)) {
            return new Decision.Blocked(halted);
        }
        Optional<BlockingVerdict> inPart = partialRevert(state);
        if (inPart.isPresent()) {
            return new Decision.Blocked(inPart.get());
        }
        if (pending.isEmpty()) {
            return new Decision.Ready();
        }
        MigrationDefinition next = pending.get(0);
        Optional<BlockingVerdict> earlier = state.verdict(next.id());
        if (earlier.isPresent() && !mayProceedPast(earlier.get(), state, found)) {
            return new Decision.Blocked(earlier.get());
        }
        return new Decision.Claim(next);
    }

    /** The verdict on a revert that a build without the class ignored. This build has the class, so the verdict blocks. */
    private Optional<BlockingVerdict> partialRevert(LedgerState state) {
        return state.attempts().stream()
                .filter(past -> past.attempt().isRevert() && past.verdict().isPresent())
                .map(HistoryEntry::id)
                .filter(id -> find(id).isPresent())
                .flatMap(id -> state.verdict(id).stream())
                .filter(halted -> halted.attempt().isRevert())
                .findFirst();
    }

    /** Whether this process may continue despite a verdict: it retries the migration, or continues without it. */
    private boolean mayProceedPast(BlockingVerdict halted, LedgerState state, Set<String> found) {
        boolean earlier = found.contains(RunResults.key(halted));
        Optional<MigrationDefinition> migration = find(halted.id());
        if (migration.isEmpty()) {
            // A new deployment without the class has given the migration up. The verdict is kept in case the class
            // returns.
            return isNewDeployment(halted, state, earlier);
        }
        if (halted.attempt().isRevert()) {
            return false; // reverted in part: a person decides
        }
        if (halted.outcome() == Outcome.INTERRUPTED) {
            return migration.get().restartable();
        }
        return isNewDeployment(halted, state, earlier)
                || (earlier && migration.get().restartable());
    }

    /** Whether this deployment has not failed with the migration. If a deployment is unknown: whether this is a later start. */
    private boolean isNewDeployment(BlockingVerdict halted, LedgerState state, boolean earlier) {
        if (deployment == null || halted.attempt().deployment() == null) {
            return earlier;
        }
        return !deployment.equals(halted.attempt().deployment()) && !state.failed(halted.id(), deployment);
    }

    public Optional<MigrationDefinition> find(MigrationId id) {
        return migrations.stream()
                .filter(migration -> migration.id().equals(id))
                .findFirst();
    }

    /** Refuses migrations that cannot run as declared, before any of them runs. */
    public void check(LedgerState state, RunnerSettings.OutOfOrder outOfOrder) {
        checkNames(state);
        pending(state).forEach(MigrationDefinition::type);
        List<MigrationDefinition> late = outOfOrder(state);
        if (outOfOrder == RunnerSettings.OutOfOrder.REFUSE && !late.isEmpty()) {
            throw new MigrationDefinitionException(
                    outOfOrderMessage(late, state) + " Nothing was run.",
                    "Give it a number above the last applied one, or set migrate.out-of-order=run.");
        }
    }

    /** Refuses migrations that would never run, or be confused with another, because the ledger has another name for them. */
    public void checkNames(LedgerState state) {
        for (MigrationDefinition migration : migrations) {
            state.applied(migration.id()).ifPresent(applied -> checkName(migration, applied));
            state.verdict(migration.id()).ifPresent(halted -> checkSpelling(migration, halted));
        }
    }

    private static void checkName(MigrationDefinition migration, AppliedMigration applied) {
        String name = applied.attempt().name();
        if (name != null && !name.equals(ForeignText.printable(migration.name()))) {
            throw new MigrationDefinitionException(
                    migration.origin() + " has the number " + migration.id() + ", under which '" + name
                            + "' is applied already: '" + migration.name() + "' would never run.",
                    "If the class was renamed, keep the old name: @Migration(value = \"" + migration.id()
                            + "\", name = \"" + name
                            + "\"). If it is another migration, give it the next free number.");
        }
    }

    /** The key of a receipt contains the digits as declared. */
    private static void checkSpelling(MigrationDefinition migration, BlockingVerdict halted) {
        String known = halted.id().toString();
        if (!known.equals(migration.id().toString())) {
            throw new MigrationDefinitionException(
                    migration.origin() + " has the number " + migration.id() + ", which the ledger knows as " + known
                            + " from an attempt that did not end well: its receipt could be overlooked.",
                    "Write the number as before: @Migration(\"" + known + "\").");
        }
    }

    /** The pending migrations below the highest applied number. */
    public List<MigrationDefinition> outOfOrder(LedgerState state) {
        if (state.applied().isEmpty()) {
            return List.of();
        }
        MigrationId last = state.applied().get(state.applied().size() - 1).id();
        return pending(state).stream()
                .filter(migration -> migration.id().compareTo(last) < 0)
                .toList();
    }

    /** Whether the last applied migration is later than every migration of this build, as after a rollback. */
    public boolean isBehind(LedgerState state) {
        int last = state.applied().size() - 1;
        return last >= 0
                && !migrations.isEmpty()
                && migrations
                                .get(migrations.size() - 1)
                                .id()
                                .compareTo(state.applied().get(last).id())
                        < 0;
    }

    public static String outOfOrderMessage(List<MigrationDefinition> late, LedgerState state) {
        MigrationDefinition first = late.get(0);
        return "Out of order: " + first.id() + " " + first.name() + " (" + first.origin() + ")"
                + (late.size() > 1 ? " and " + (late.size() - 1) + " more are" : " is") + " pending although "
                + state.applied().get(state.applied().size() - 1).attempt().displayName() + " is applied.";
    }
}
