package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ReversibleAction;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Operator;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps that undo migrations, the last first, each under a claim as when it was applied. What a receipt is to
 * applying, its disappearance is to undoing: it is the first thing after the action, and from then on the migration
 * counts as undone.
 */
final class RevertProtocol {

    private final Tools tools;
    private final List<MigrationId> targets;
    private final OwnedExecution execution;
    private final long begunAt;

    private RevertProtocol(Tools tools, List<MigrationId> targets, RevertRecorder recorder) {
        this.tools = tools;
        this.targets = targets;
        this.begunAt = tools.ticker().nanos();
        this.execution = OwnedExecution.toRevert(tools, recorder);
    }

    /**
     * Begins.
     *
     * @param by who asked for it, or null
     * @param reason why, or null
     */
    static Step<MigrationReport> begin(
            Tools tools, RevertTarget target, @Nullable Operator by, @Nullable String reason) {
        return tools.register().read(tools.untilShutdown()).then(found -> {
            Snapshot seen = found.orElseThrow(() -> CommandRefusedException.wrongUse(
                    "There is no ledger of " + tools.settings().environment()
                            + " yet, so nothing is applied that could be" + " undone.",
                    "Run the migrations first."));
            refuseUnlessIdle(seen.state(), tools);
            List<MigrationId> targets = target.of(seen.state());
            targets.forEach(id -> checkReversible(tools.plan(), seen.state(), id));
            return new RevertProtocol(tools, targets, new RevertRecorder(tools, by, reason))
                    .proceed(seen, Memory.of(seen.state()));
        });
    }

    private Step<MigrationReport> proceed(Snapshot seen, Memory memory) {
        if (tools.stopping().getAsBoolean()) {
            return Tools.stopped();
        }
        LedgerState state = seen.state();
        Optional<MigrationId> next =
                targets.stream().filter(id -> state.applied(id).isPresent()).findFirst();
        refuse(state, next, memory);
        if (next.isEmpty()) {
            return new Step.End<>(new MigrationReport(
                    memory.applied(), memory.reverted(), tools.plan().size(), tools.since(begunAt)));
        }
        refuseAppliedAgain(state, next.get(), memory);
        Applied done = state.applied(next.get()).orElseThrow();
        MigrationDefinition migration = tools.plan().find(next.get()).orElseThrow();
        // Its disappearance is to tell that the migration was undone, so it must be there before.
        return tools.untilShutdown()
                .call(store -> tools.receipts().write(store, done, state::isUndone))
                .then(there -> execution.run(PendingUpdate.none(seen), migration))
                .then(result -> proceed(result.next().base(), result.addTo(memory)));
    }

    /** What stands in the way: somebody runs something, or a verdict that is not an earlier failure of this very thing. */
    private void refuse(LedgerState state, Optional<MigrationId> next, Memory memory) {
        refuseUnlessIdle(state, tools);
        Optional<Halted> stands = Optional.ofNullable(state.halted())
                .or(() -> next.flatMap(state::verdict).filter(of -> of.attempt().reverts()));
        stands.ifPresent(halted -> {
            boolean again = halted.verdict() == Verdict.FAILED
                    && halted.attempt().reverts()
                    && next.isPresent()
                    && halted.id().equals(next.get())
                    && memory.found().contains(Memory.key(halted));
            if (!again) {
                Block block = Blocks.of(halted, tools.settings(), tools.plan().find(halted.id()));
                boolean earlier = memory.found().contains(Memory.key(halted));
                throw new MigrationsBlockedException(earlier ? inTheWay(block) : block);
            }
        });
    }

    /** Not what this run came to, but what it found. */
    private static Block inTheWay(Block block) {
        return new Block(
                "Nothing was undone, because a verdict stands that has to be decided on first. " + block.reason(),
                block.wayOut(),
                block.halted());
    }

    /** A start elsewhere may apply again what was just undone. */
    private static void refuseAppliedAgain(LedgerState state, MigrationId next, Memory memory) {
        state.applied().stream()
                .filter(done -> done.id().compareTo(next) > 0 || memory.hasReverted(done.id()))
                .findFirst()
                .ifPresent(above -> {
                    throw CommandRefusedException.appliedAgain(above);
                });
    }

    private static void refuseUnlessIdle(LedgerState state, Tools tools) {
        Running running = state.running();
        if (running != null) {
            throw CommandRefusedException.busy(
                    running, tools.settings().environment().value());
        }
    }

    private static void checkReversible(Plan plan, LedgerState state, MigrationId id) {
        String title = state.applied(id).orElseThrow().attempt().title();
        MigrationDefinition migration = plan.find(id)
                .orElseThrow(() -> CommandRefusedException.wrongUse(
                        title + " cannot be undone: this build has no such migration. Nothing was undone.",
                        "Run the command with a build that has it."));
        if (!ReversibleAction.class.isAssignableFrom(migration.type())) {
            throw CommandRefusedException.wrongUse(
                    title + " cannot be undone: " + migration.origin() + " is no ReversibleAction. Nothing was undone.",
                    "Undo less, or write a new migration that puts things right.");
        }
    }
}
