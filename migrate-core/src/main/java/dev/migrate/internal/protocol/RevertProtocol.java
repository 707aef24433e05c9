package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.ReversibleAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.plan.CommandRefusedException;
import dev.migrate.internal.plan.Plan;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.internal.plan.RunResults;
import dev.migrate.internal.reporting.BlockedStartDescriber;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationReport;
import dev.migrate.listener.RunningMigration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps that revert migrations, the last one first, each under a claim as when it was applied. After the action, the owner
 * first deletes the receipt. From then on the migration counts as reverted.
 */
public final class RevertProtocol {

    private final ProtocolContext context;
    private final List<MigrationId> targets;
    private final OwnedExecution execution;
    private final long begunAt;

    private RevertProtocol(ProtocolContext context, List<MigrationId> targets, RevertRecorder recorder) {
        this.context = context;
        this.targets = targets;
        this.begunAt = context.timeSource().monotonicNanos();
        this.execution = OwnedExecution.toRevert(context, recorder);
    }

    /**
     * Begins.
     *
     * @param by who asked for it, or null
     * @param reason why, or null
     */
    public static Step<MigrationReport> begin(
            ProtocolContext context, RevertTarget target, @Nullable Operator by, @Nullable String reason) {
        return context.register().read(context.untilShutdown()).then(found -> {
            VersionedState seen = found.orElseThrow(() -> CommandRefusedException.wrongUse(
                    "There is no ledger of " + context.settings().environment()
                            + " yet, so nothing is applied that could be" + " reverted.",
                    "Run the migrations first."));
            refuseUnlessIdle(seen.state(), context);
            List<MigrationId> targets = target.of(seen.state());
            targets.forEach(id -> checkReversible(context.plan(), seen.state(), id));
            return new RevertProtocol(context, targets, new RevertRecorder(context, by, reason))
                    .proceed(seen, RunResults.of(seen.state()));
        });
    }

    private Step<MigrationReport> proceed(VersionedState seen, RunResults runContext) {
        if (context.stopping().getAsBoolean()) {
            return ProtocolContext.cancelled();
        }
        LedgerState state = seen.state();
        Optional<MigrationId> next =
                targets.stream().filter(id -> state.applied(id).isPresent()).findFirst();
        refuse(state, next, runContext);
        if (next.isEmpty()) {
            return new Step.Done<>(new MigrationReport(
                    runContext.applied(), runContext.reverted(), context.plan().size(), context.since(begunAt)));
        }
        refuseAppliedAgain(state, next.get(), runContext);
        AppliedMigration done = state.applied(next.get()).orElseThrow();
        MigrationDefinition migration = context.plan().find(next.get()).orElseThrow();
        // A deleted receipt shows that the migration was reverted, so the receipt must exist before.
        return context.untilShutdown()
                .call(store -> context.receipts().write(store, done, state::isReverted))
                .then(there -> execution.run(PendingUpdate.none(seen), migration))
                .then(result -> proceed(result.next().base(), result.addTo(runContext)));
    }

    /** Refuses a revert while a migration runs, or while a verdict blocks that is not on an earlier revert of the same migration. */
    private void refuse(LedgerState state, Optional<MigrationId> next, RunResults runContext) {
        refuseUnlessIdle(state, context);
        Optional<BlockingVerdict> blocking = Optional.ofNullable(state.halted())
                .or(() -> next.flatMap(state::verdict).filter(of -> of.attempt().isRevert()));
        blocking.ifPresent(halted -> {
            boolean again = halted.outcome() == Outcome.FAILED
                    && halted.attempt().isRevert()
                    && next.isPresent()
                    && halted.id().equals(next.get())
                    && runContext.verdictsAtStart().contains(RunResults.key(halted));
            if (!again) {
                BlockedStart block = BlockedStartDescriber.of(
                        halted, context.settings(), context.plan().find(halted.id()));
                boolean earlier = runContext.verdictsAtStart().contains(RunResults.key(halted));
                throw new MigrationsBlockedException(earlier ? inTheWay(block) : block);
            }
        });
    }

    /** Not what this run came to, but what it found. */
    private static BlockedStart inTheWay(BlockedStart block) {
        return new BlockedStart(
                "Nothing was reverted, because an operator must first decide on an earlier verdict. "
                        + block.description(),
                block.action(),
                block.verdict());
    }

    /** Refuses to continue if another start has applied a reverted migration again. */
    private static void refuseAppliedAgain(LedgerState state, MigrationId next, RunResults runContext) {
        state.applied().stream()
                .filter(done -> done.id().compareTo(next) > 0 || runContext.hasReverted(done.id()))
                .findFirst()
                .ifPresent(above -> {
                    throw CommandRefusedException.appliedAgain(above);
                });
    }

    private static void refuseUnlessIdle(LedgerState state, ProtocolContext context) {
        RunningMigration running = state.running();
        if (running != null) {
            throw CommandRefusedException.busy(
                    running, context.settings().environment().value());
        }
    }

    private static void checkReversible(Plan plan, LedgerState state, MigrationId id) {
        String title = state.applied(id).orElseThrow().attempt().displayName();
        MigrationDefinition migration = plan.find(id)
                .orElseThrow(() -> CommandRefusedException.wrongUse(
                        title + " cannot be reverted: this build has no such migration. Nothing was reverted.",
                        "Run the command with a build that has it."));
        if (!ReversibleAction.class.isAssignableFrom(migration.type())) {
            throw CommandRefusedException.wrongUse(
                    title + " cannot be reverted: " + migration.origin()
                            + " is no ReversibleAction. Nothing was reverted.",
                    "Revert less, or write a new migration that puts things right.");
        }
    }
}
