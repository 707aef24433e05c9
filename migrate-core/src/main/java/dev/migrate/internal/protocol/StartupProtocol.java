package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.RetryPolicy;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.plan.Decision;
import dev.migrate.internal.plan.Plan;
import dev.migrate.internal.plan.RunResults;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.reporting.BlockedStartDescriber;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.time.Durations;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import java.time.Duration;
import java.util.List;

/**
 * The steps of a start: it reads the ledger, decides, and then executes a migration, waits for another owner, is blocked, or
 * is done. {@link OwnedExecution} is what an owner does with one migration, {@link OwnerWatcher} how a process waits.
 */
public final class StartupProtocol {

    private static final Duration MAX_BLOCKED_POLL_INTERVAL = Duration.ofSeconds(30);

    private final ProtocolContext context;
    private final OwnedExecution execution;
    private final OwnerWatcher watcher;
    private final long begunAt;

    public StartupProtocol(ProtocolContext context) {
        this.context = context;
        this.execution = OwnedExecution.toApply(context);
        this.watcher = new OwnerWatcher(context);
        this.begunAt = context.timeSource().monotonicNanos();
    }

    public Step<MigrationReport> begin() {
        return context.register()
                .read(context.untilShutdown())
                .then(found -> found.<Step<VersionedState>>map(Step.Done::new)
                        .orElseGet(() -> new LedgerRecovery(context).recover()))
                .then(this::opened);
    }

    private Step<MigrationReport> opened(VersionedState seen) {
        LedgerState state = seen.state();
        Plan plan = context.plan();
        plan.check(state, context.settings().outOfOrder());
        List<MigrationDefinition> pending = plan.pending(state);
        List<MigrationId> ids = pending.stream().map(MigrationDefinition::id).toList();
        context.events()
                .publish(new MigrationEvent.RunStarted(ids, state.applied().size()));
        List<MigrationDefinition> late = plan.outOfOrder(state);
        if (!late.isEmpty()) {
            context.events().notice(Plan.outOfOrderMessage(late, state) + " It runs all the same.", true);
        }
        BlockingVerdict left = state.halted();
        if (pending.isEmpty() && left != null && plan.find(left.id()).isEmpty()) {
            context.events()
                    .notice(
                            left.attempt().displayName() + " was " + left.outcome()
                                    + ", and this build has no such migration: it" + " is left as it is.",
                            true);
        }
        if (plan.isBehind(state)) {
            context.events()
                    .notice(
                            "The ledger is ahead of this build: "
                                    + state.applied()
                                            .get(state.applied().size() - 1)
                                            .attempt()
                                            .displayName()
                                    + " is applied, and this build has no such migration.",
                            false);
        }
        return proceed(PendingUpdate.none(seen), RunResults.of(state));
    }

    /**
     * Decides on the state that the update leads to and acts on the decision, until nothing is pending. That state was read, or
     * the next write produces it.
     */
    private Step<MigrationReport> proceed(PendingUpdate update, RunResults runContext) {
        if (update.isCompletion()) {
            return complete(update, runContext);
        }
        if (context.stopping().getAsBoolean()) {
            return ProtocolContext.cancelled();
        }
        LedgerState state = update.next();
        context.plan().checkNames(state);
        Decision decision = context.plan().decide(state, runContext.verdictsAtStart());
        if (decision instanceof Decision.Claim claim) {
            return isFirstAttempt(state, claim)
                    ? claim(update, claim.migration(), runContext)
                    : claimAgain(update, claim.migration(), runContext);
        }
        if (update.isWrite()) {
            return write(update, context.untilShutdown()).then(next -> proceed(next, runContext));
        }
        if (decision instanceof Decision.Wait wait) {
            return watcher.awaitOwner(update.base(), wait.running()).then(next -> proceed(next, runContext));
        }
        if (decision instanceof Decision.Blocked stop) {
            return stopped(update.base(), stop.halted()).then(next -> proceed(next, runContext));
        }
        MigrationReport report = new MigrationReport(
                runContext.applied(), runContext.reverted(), context.plan().size(), context.since(begunAt));
        context.events().publish(new MigrationEvent.Completed(report));
        return new Step.Done<>(report);
    }

    /**
     * Records what this process has applied and, in the same write, claims what comes next. A process that shuts down
     * records it all the same.
     */
    private Step<MigrationReport> complete(PendingUpdate update, RunResults runContext) {
        boolean goesOn = !context.stopping().getAsBoolean();
        if (goesOn
                && context.plan().decide(update.next(), runContext.verdictsAtStart()) instanceof Decision.Claim claim
                && isFirstAttempt(update.next(), claim)) {
            return execute(update, claim.migration(), runContext);
        }
        return write(update, context.untilCommitted()).then(next -> proceed(next, runContext));
    }

    private static boolean isFirstAttempt(LedgerState state, Decision.Claim claim) {
        return state.nextAttempt(claim.migration().id()) == 1;
    }

    private Step<PendingUpdate> write(PendingUpdate update, RetryPolicy retry) {
        return context.register().commit(update.base(), update.next(), retry).then(result -> {
            if (result.undecided()) {
                return ProtocolContext.cancelled();
            }
            if (result.committed()) {
                update.onCommitted().run();
                return new Step.Done<>(PendingUpdate.none(result.snapshot()));
            }
            return new Step.Done<>(update.rebase(result.snapshot()));
        });
    }

    /** Not the first attempt: the owner of an earlier one may have finished late, and its receipt says so. */
    private Step<MigrationReport> claimAgain(
            PendingUpdate update, MigrationDefinition migration, RunResults runContext) {
        Attempt last = update.next()
                .verdict(migration.id())
                .map(BlockingVerdict::attempt)
                .orElseGet(() -> Attempt.ofUnknownOwner(migration.id()));
        return context.receipt(migration.id())
                .then(receipt -> ReceiptReconciler.reconcile(update, last, receipt, context)
                        .map(settled -> proceed(settled, runContext))
                        .orElseGet(() -> claim(update, migration, runContext)));
    }

    private Step<MigrationReport> claim(PendingUpdate update, MigrationDefinition migration, RunResults runContext) {
        BlockingVerdict halted = update.next().halted();
        if (halted != null && context.plan().find(halted.id()).isEmpty()) {
            context.events()
                    .notice(
                            halted.attempt().displayName() + " was " + halted.outcome() + " and this build has no such"
                                    + " migration: it is given up, and " + migration.id()
                                    + " runs. Should it come back, its verdict counts again.",
                            true);
        }
        return execute(update, migration, runContext);
    }

    private Step<MigrationReport> execute(PendingUpdate update, MigrationDefinition migration, RunResults runContext) {
        return execution.run(update, migration).then(result -> proceed(result.next(), result.addTo(runContext)));
    }

    /** A verdict is in the way. Its receipt may have come since: from an owner that was late, or by hand. */
    private Step<PendingUpdate> stopped(VersionedState seen, BlockingVerdict halted) {
        return context.receipt(halted.id()).then(receipt -> ReceiptReconciler.reconcile(
                        PendingUpdate.none(seen), halted.attempt(), receipt, context)
                .<Step<PendingUpdate>>map(Step.Done::new)
                .orElseGet(() -> blocked(seen, halted)));
    }

    private Step<PendingUpdate> blocked(VersionedState seen, BlockingVerdict halted) {
        BlockedStart block = BlockedStartDescriber.of(
                halted, context.settings(), context.plan().find(halted.id()));
        context.events().blocked(block);
        if (context.settings().onFailure() == RunnerSettings.OnFailure.EXIT) {
            throw new MigrationsBlockedException(block);
        }
        return new Step.Wait<>(
                context.jittered(Durations.min(context.settings().lease().dividedBy(2), MAX_BLOCKED_POLL_INTERVAL)),
                context.stopping(),
                () -> context.register()
                        .readAgain(seen, context.untilShutdown())
                        .map(PendingUpdate::none));
    }
}
