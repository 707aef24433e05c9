package dev.migrate.run;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Past;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Verdict;
import dev.migrate.text.ForeignText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of this build, held against the ledger. All that decides whether an action may start stands in
 * {@link #decide}.
 */
final class Plan {

    private final List<MigrationDefinition> migrations;
    private final @Nullable String deployment;
    private final @Nullable MigrationId to;

    /**
     * @param deployment the build that runs, or null
     * @param to the last migration that is to run, or null
     */
    Plan(List<? extends MigrationDefinition> migrations, @Nullable String deployment, @Nullable MigrationId to) {
        this.migrations = migrations.stream()
                .<MigrationDefinition>map(migration -> migration)
                .sorted(Comparator.comparing(MigrationDefinition::id))
                .toList();
        this.deployment = deployment;
        this.to = to;
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

    int size() {
        return migrations.size();
    }

    /** All that the build has, in order. */
    List<MigrationDefinition> all() {
        return migrations;
    }

    /** What is to run, applied or not, in order. */
    List<MigrationDefinition> upTo() {
        return migrations.stream()
                .filter(migration -> to == null || migration.id().compareTo(to) <= 0)
                .toList();
    }

    /** What is to run and the ledger does not hold as applied, in order. */
    List<MigrationDefinition> pending(LedgerState state) {
        return upTo().stream()
                .filter(migration -> state.applied(migration.id()).isEmpty())
                .toList();
    }

    /**
     * Decides what comes next.
     *
     * @param state what the register says
     * @param found the verdicts that this process found at its first read, by {@link Memory#key}
     */
    Decision decide(LedgerState state, Set<String> found) {
        List<MigrationDefinition> pending = pending(state);
        Running running = state.running();
        if (running != null && (!pending.isEmpty() || running.attempt().reverts())) {
            return new Decision.Wait(running);
        }
        Halted halted = state.halted();
        if (halted != null && (!pending.isEmpty() || halted.attempt().reverts()) && !past(halted, state, found)) {
            return new Decision.Stop(halted);
        }
        Optional<Halted> inPart = undoneInPart(state);
        if (inPart.isPresent()) {
            return new Decision.Stop(inPart.get());
        }
        if (pending.isEmpty()) {
            return new Decision.Serve();
        }
        MigrationDefinition next = pending.get(0);
        Optional<Halted> earlier = state.verdict(next.id());
        if (earlier.isPresent() && !past(earlier.get(), state, found)) {
            return new Decision.Stop(earlier.get());
        }
        return new Decision.Claim(next);
    }

    /** A verdict on undoing that a build without the class has gone past; this one has the class. */
    private Optional<Halted> undoneInPart(LedgerState state) {
        return state.attempts().stream()
                .filter(past -> past.attempt().reverts() && past.verdict().isPresent())
                .map(Past::id)
                .filter(id -> find(id).isPresent())
                .flatMap(id -> state.verdict(id).stream())
                .filter(halted -> halted.attempt().reverts())
                .findFirst();
    }

    /** Whether this process may go past a verdict: start the migration again, or go on without it. */
    private boolean past(Halted halted, LedgerState state, Set<String> found) {
        boolean earlier = found.contains(Memory.key(halted));
        Optional<MigrationDefinition> migration = find(halted.id());
        if (migration.isEmpty()) {
            // A new deployment that has not the class has given it up; its verdict is kept for when it comes back.
            return another(halted, state, earlier);
        }
        if (halted.attempt().reverts()) {
            return false; // undone in part: a person decides
        }
        if (halted.verdict() == Verdict.INTERRUPTED) {
            return migration.get().restartable();
        }
        return another(halted, state, earlier) || (earlier && migration.get().restartable());
    }

    /** Whether this is a deployment that has not failed with the migration; a later start, where nobody knows. */
    private boolean another(Halted halted, LedgerState state, boolean earlier) {
        if (deployment == null || halted.attempt().deployment() == null) {
            return earlier;
        }
        return !deployment.equals(halted.attempt().deployment()) && !state.failed(halted.id(), deployment);
    }

    Optional<MigrationDefinition> find(MigrationId id) {
        return migrations.stream()
                .filter(migration -> migration.id().equals(id))
                .findFirst();
    }

    /** Refuses what cannot be run as declared, before anything is tried. */
    void check(LedgerState state, RunnerSettings.OutOfOrder outOfOrder) {
        checkNames(state);
        pending(state).forEach(MigrationDefinition::type);
        List<MigrationDefinition> late = outOfOrder(state);
        if (outOfOrder == RunnerSettings.OutOfOrder.REFUSE && !late.isEmpty()) {
            throw new MigrationDefinitionException(
                    outOfOrderMessage(late, state) + " Nothing was run.",
                    "Give it a number above the last applied one, or set migrate.out-of-order=run.");
        }
    }

    /** Refuses what would never run, or be taken for another, because the ledger knows it otherwise. */
    void checkNames(LedgerState state) {
        for (MigrationDefinition migration : migrations) {
            state.applied(migration.id()).ifPresent(applied -> checkName(migration, applied));
            state.verdict(migration.id()).ifPresent(halted -> checkSpelling(migration, halted));
        }
    }

    private static void checkName(MigrationDefinition migration, Applied applied) {
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

    /** A receipt is named by the digits as they were declared. */
    private static void checkSpelling(MigrationDefinition migration, Halted halted) {
        String known = halted.id().toString();
        if (!known.equals(migration.id().toString())) {
            throw new MigrationDefinitionException(
                    migration.origin() + " has the number " + migration.id() + ", which the ledger knows as " + known
                            + " from an attempt that did not end well: its receipt could be overlooked.",
                    "Write the number as before: @Migration(\"" + known + "\").");
        }
    }

    /** What is pending below the highest number that is applied. */
    List<MigrationDefinition> outOfOrder(LedgerState state) {
        if (state.applied().isEmpty()) {
            return List.of();
        }
        MigrationId last = state.applied().get(state.applied().size() - 1).id();
        return pending(state).stream()
                .filter(migration -> migration.id().compareTo(last) < 0)
                .toList();
    }

    /** Whether the last applied migration is later than all that this build has, as after a roll-back. */
    boolean isBehind(LedgerState state) {
        int last = state.applied().size() - 1;
        return last >= 0
                && !migrations.isEmpty()
                && migrations
                                .get(migrations.size() - 1)
                                .id()
                                .compareTo(state.applied().get(last).id())
                        < 0;
    }

    static String outOfOrderMessage(List<MigrationDefinition> late, LedgerState state) {
        MigrationDefinition first = late.get(0);
        return "Out of order: " + first.id() + " " + first.name() + " (" + first.origin() + ")"
                + (late.size() > 1 ? " and " + (late.size() - 1) + " more are" : " is") + " pending although "
                + state.applied().get(state.applied().size() - 1).attempt().title() + " is applied.";
    }
}
