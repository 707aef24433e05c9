package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Durations;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.RetryPolicy;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import java.time.Duration;
import java.util.List;

/**
 * The steps of a start: it reads the ledger, decides, and then executes a migration, waits for another owner, is blocked, or
 * is done. {@link OwnedExecution} is what an owner does with one migration, {@link OwnerWatcher} how a process waits.
 */
final class StartupProtocol {

    private static final Duration MAX_BLOCKED_POLL_INTERVAL = Duration.ofSeconds(30);

    private final Tools tools;
    private final OwnedExecution execution;
    private final OwnerWatcher watcher;
    private final long begunAt;

    StartupProtocol(Tools tools) {
        this.tools = tools;
        this.execution = OwnedExecution.toApply(tools);
        this.watcher = new OwnerWatcher(tools);
        this.begunAt = tools.ticker().nanos();
    }

    Step<MigrationReport> begin() {
        return tools.register()
                .read(tools.untilShutdown())
                .then(found ->
                        found.<Step<Snapshot>>map(Step.End::new).orElseGet(() -> new LedgerRecovery(tools).recover()))
                .then(this::opened);
    }

    private Step<MigrationReport> opened(Snapshot seen) {
        LedgerState state = seen.state();
        Plan plan = tools.plan();
        plan.check(state, tools.settings().outOfOrder());
        List<MigrationDefinition> pending = plan.pending(state);
        List<MigrationId> ids = pending.stream().map(MigrationDefinition::id).toList();
        tools.herald().tell(new MigrationEvent.Opened(ids, state.applied().size()));
        List<MigrationDefinition> late = plan.outOfOrder(state);
        if (!late.isEmpty()) {
            tools.herald().notice(Plan.outOfOrderMessage(late, state) + " It runs all the same.", true);
        }
        Halted left = state.halted();
        if (pending.isEmpty() && left != null && plan.find(left.id()).isEmpty()) {
            tools.herald()
                    .notice(
                            left.attempt().title() + " was " + left.verdict()
                                    + ", and this build has no such migration: it" + " is left as it is.",
                            true);
        }
        if (plan.isBehind(state)) {
            tools.herald()
                    .notice(
                            "The ledger is ahead of this build: "
                                    + state.applied()
                                            .get(state.applied().size() - 1)
                                            .attempt()
                                            .title()
                                    + " is applied, and this build has no such migration.",
                            false);
        }
        return proceed(PendingUpdate.none(seen), Memory.of(state));
    }

    /**
     * Does what is to be done in the state that the update leads to, until nothing is pending. Either that state is the one
     * that was read, or the next write makes it so.
     */
    private Step<MigrationReport> proceed(PendingUpdate update, Memory memory) {
        if (update.isCompletion()) {
            return complete(update, memory);
        }
        if (tools.stopping().getAsBoolean()) {
            return Tools.stopped();
        }
        LedgerState state = update.next();
        tools.plan().checkNames(state);
        Decision decision = tools.plan().decide(state, memory.found());
        if (decision instanceof Decision.Claim claim) {
            return isFirstAttempt(state, claim)
                    ? claim(update, claim.migration(), memory)
                    : claimAgain(update, claim.migration(), memory);
        }
        if (update.isWrite()) {
            return write(update, tools.untilShutdown()).then(next -> proceed(next, memory));
        }
        if (decision instanceof Decision.Wait wait) {
            return watcher.awaitOwner(update.base(), wait.running()).then(next -> proceed(next, memory));
        }
        if (decision instanceof Decision.Stop stop) {
            return stopped(update.base(), stop.halted()).then(next -> proceed(next, memory));
        }
        MigrationReport report = new MigrationReport(
                memory.applied(), memory.reverted(), tools.plan().size(), tools.since(begunAt));
        tools.herald().tell(new MigrationEvent.Completed(report));
        return new Step.End<>(report);
    }

    /**
     * Records what this process has applied and, in the same write, claims what comes next. A process that shuts down
     * records it all the same.
     */
    private Step<MigrationReport> complete(PendingUpdate update, Memory memory) {
        boolean goesOn = !tools.stopping().getAsBoolean();
        if (goesOn
                && tools.plan().decide(update.next(), memory.found()) instanceof Decision.Claim claim
                && isFirstAttempt(update.next(), claim)) {
            return execute(update, claim.migration(), memory);
        }
        return write(update, tools.untilCommitted()).then(next -> proceed(next, memory));
    }

    private static boolean isFirstAttempt(LedgerState state, Decision.Claim claim) {
        return state.nextAttempt(claim.migration().id()) == 1;
    }

    private Step<PendingUpdate> write(PendingUpdate update, RetryPolicy retry) {
        return tools.register().commit(update.base(), update.next(), retry).then(result -> {
            if (result.undecided()) {
                return Tools.stopped();
            }
            if (result.committed()) {
                update.onCommitted().run();
                return new Step.End<>(PendingUpdate.none(result.snapshot()));
            }
            return new Step.End<>(update.rebase(result.snapshot()));
        });
    }

    /** Not the first attempt: the owner of an earlier one may have finished late, and its receipt says so. */
    private Step<MigrationReport> claimAgain(PendingUpdate update, MigrationDefinition migration, Memory memory) {
        Attempt last = update.next()
                .verdict(migration.id())
                .map(Halted::attempt)
                .orElseGet(() -> Attempt.bare(migration.id()));
        return tools.receipt(migration.id()).then(receipt -> ReceiptReconciler.reconcile(update, last, receipt, tools)
                .map(settled -> proceed(settled, memory))
                .orElseGet(() -> claim(update, migration, memory)));
    }

    private Step<MigrationReport> claim(PendingUpdate update, MigrationDefinition migration, Memory memory) {
        Halted halted = update.next().halted();
        if (halted != null && tools.plan().find(halted.id()).isEmpty()) {
            tools.herald()
                    .notice(
                            halted.attempt().title() + " was " + halted.verdict() + " and this build has no such"
                                    + " migration: it is given up, and " + migration.id()
                                    + " runs. Should it come back, its verdict counts again.",
                            true);
        }
        return execute(update, migration, memory);
    }

    private Step<MigrationReport> execute(PendingUpdate update, MigrationDefinition migration, Memory memory) {
        return execution.run(update, migration).then(result -> proceed(result.next(), result.addTo(memory)));
    }

    /** A verdict is in the way. Its receipt may have come since: from an owner that was late, or by hand. */
    private Step<PendingUpdate> stopped(Snapshot seen, Halted halted) {
        return tools.receipt(halted.id())
                .then(receipt -> ReceiptReconciler.reconcile(PendingUpdate.none(seen), halted.attempt(), receipt, tools)
                        .<Step<PendingUpdate>>map(Step.End::new)
                        .orElseGet(() -> blocked(seen, halted)));
    }

    private Step<PendingUpdate> blocked(Snapshot seen, Halted halted) {
        Block block = Blocks.of(halted, tools.settings(), tools.plan().find(halted.id()));
        tools.herald().blocked(block);
        if (tools.settings().onFailure() == RunnerSettings.OnFailure.EXIT) {
            throw new MigrationsBlockedException(block);
        }
        return new Step.Pause<>(
                tools.jittered(Durations.min(tools.settings().lease().dividedBy(2), MAX_BLOCKED_POLL_INTERVAL)),
                tools.stopping(),
                () -> tools.register().readAgain(seen, tools.untilShutdown()).map(PendingUpdate::none));
    }
}
