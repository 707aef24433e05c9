package dev.migrate.run;

import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Commit;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Patience;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The steps from deciding on a migration to the start of its action. */
final class Claiming {

    private final Tools tools;
    private final Tending tending;
    private final BiFunction<Snapshot, Memory, Step<MigrationReport>> onward;
    private final boolean reverts;

    /**
     * @param reverts whether the actions are undone
     * @param onward decides anew, on a register that was just read or written
     * @param ended what follows the end of the action
     */
    Claiming(
            Tools tools,
            boolean reverts,
            BiFunction<Snapshot, Memory, Step<MigrationReport>> onward,
            Tending.Then ended) {
        this.tools = tools;
        this.reverts = reverts;
        this.onward = onward;
        this.tending = new Tending(tools, ended);
    }

    /**
     * Claims a migration and starts its action.
     *
     * @param change what the same write does beside the claim
     * @param trouble is told while the ledger gives no answer
     * @param lost what follows when another write was first
     */
    Step<MigrationReport> claim(
            Change change,
            MigrationDefinition migration,
            Memory memory,
            Patience.Trouble trouble,
            Function<Snapshot, Step<MigrationReport>> lost) {
        Attempt attempt = new Attempt(
                migration.id(),
                migration.name(),
                change.base().nextAttempt(migration.id()),
                tools.tokens().get(),
                tools.ticker().now(),
                tools.settings().deployment(),
                tools.settings().owner(),
                reverts,
                Map.of());
        LedgerState next = change.base().claim(attempt, tools.settings().lease());
        long begun = tools.ticker().nanos();
        Function<Commit, Step<MigrationReport>> settled = commit -> {
            Hold hold = new Hold(migration, attempt, commit);
            if (!hold.standsIn(commit.snapshot())) {
                return lost.apply(commit.snapshot());
            }
            change.committed().run();
            return claimed(hold, memory);
        };
        // Told to end while it is not known whether the claim was made: look, so that none is left behind.
        Patience<MigrationReport> patience = new Patience<>(
                trouble,
                tools.stopping(),
                () -> tools.register().reread(tools.firm(), now -> settled.apply(new Commit(false, now, begun))),
                tools.beat());
        return tools.register().commit(change.seen(), next, patience, settled);
    }

    private Step<MigrationReport> claimed(Hold hold, Memory memory) {
        if (tools.stopping().getAsBoolean()) {
            return release(hold, memory);
        }
        // Whoever listens may take long, so the deadline is looked at after this.
        Attempt attempt = hold.attempt();
        Halted after = hold.snapshot().state().before(attempt).orElse(null);
        tools.herald().tell(new MigrationEvent.Started(attempt, after));
        return begin(hold, memory);
    }

    /** Starts the action, unless the lease has run out before it could start: then the claim is made sure of first. */
    private Step<MigrationReport> begin(Hold hold, Memory memory) {
        if (tools.stopping().getAsBoolean()) {
            return release(hold, memory);
        }
        if (tools.ticker().nanos() - hold.sentAt() >= tools.settings().lease().toNanos()) {
            return confirm(hold, memory);
        }
        Running running = Objects.requireNonNull(hold.snapshot().state().running());
        return tending.tend(hold, tools.shop().start(hold.migration(), hold.attempt(), running.checkpoint()), memory);
    }

    /** One more write in the owner's name, which only an owner can make. */
    private Step<MigrationReport> confirm(Hold hold, Memory memory) {
        Running running = Objects.requireNonNull(hold.snapshot().state().running());
        LedgerState beaten = hold.snapshot().state().beat(hold.token(), running.checkpoint(), running.progress());
        return tools.register().commit(hold.snapshot(), beaten, tools.firm(), commit -> {
            if (commit.done()) {
                return begin(hold.beaten(commit), memory);
            }
            Hold now = hold.seen(commit.snapshot(), tools.ticker().nanos());
            return now.lost() ? onward.apply(commit.snapshot(), memory) : confirm(now, memory);
        });
    }

    /** The run was told to end before the action started: nothing happened, and the ledger says so. */
    private Step<MigrationReport> release(Hold hold, Memory memory) {
        LedgerState without = hold.snapshot().state().release(hold.token());
        return tools.register().commit(hold.snapshot(), without, tools.firm(), commit -> {
            boolean still = !commit.done() && hold.standsIn(commit.snapshot());
            return still
                    ? release(hold.seen(commit.snapshot(), hold.triedAt()), memory)
                    : onward.apply(commit.snapshot(), memory);
        });
    }
}
