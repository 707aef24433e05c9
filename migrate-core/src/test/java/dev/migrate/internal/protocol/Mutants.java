package dev.migrate.internal.protocol;

import dev.migrate.testing.Promise;
import java.util.stream.Stream;

/** Every rule that protects a promise, taken out once. */
final class Mutants {

    private Mutants() {}

    static Stream<Mutant> all() {
        return Stream.of(
                new Mutant(
                        "a claim is a compare-and-set",
                        Promise.REGISTER,
                        "internal/ledger/RegisterRepository.java",
                        "version = RetryPolicy.guarded(() -> store.replace(key(environment), content, base.version()));",
                        "version = store.replace(key(environment), content, store.read(key(environment)) instanceof ReadResult.Found f ? f.version() : \"\");"),
                new Mutant(
                        "a conflict is resolved by a read, not treated as a loss",
                        Promise.PROGRESS,
                        "internal/ledger/RegisterRepository.java",
                        """
                            } catch (StoreConflictException e) {
                                return settle(sentAt, attempt, e);
                            }
                            return end(WriteResult.Status.COMMITTED,""",
                        """
} catch (StoreConflictException e) {
    return end(WriteResult.Status.LOST, base, sentAt);
}
return end(WriteResult.Status.COMMITTED,"""),
                new Mutant(
                                "every write has its own nonce",
                                Promise.PROGRESS,
                                "internal/ledger/RegisterRepository.java",
                                "private final String nonce = nonces.get();",
                                "private final String nonce = \"constant\";")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, true, false, new ExploredMoment.FaultBudget(0, 0, 1))),
                new Mutant(
                                "another version without the nonce is a loss",
                                Promise.PROGRESS,
                                "internal/ledger/RegisterRepository.java",
                                "boolean done = found.nonce().equals(nonce);",
                                "boolean done = true;")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, true, false, new ExploredMoment.FaultBudget(0, 0, 1))),
                new Mutant(
                                "the receipt is written",
                                Promise.RECEIPT_FIRST,
                                "internal/protocol/CompletionRecorder.java",
                                "store -> context.receipts().write(store, done, lease.snapshot().state()::isReverted)",
                                "store -> done")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "the owner checks its deadline before it starts",
                                Promise.DEADLINE,
                                "internal/protocol/ClaimAcquirer.java",
                                "if (context.timeSource().monotonicNanos() - lease.renewedAt() >= context.settings().lease().toNanos()) {",
                                "if (false) {")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(1, 1, 1))),
                new Mutant(
                        "no action starts in a process that is shutting down",
                        Promise.SHUTDOWN,
                        "internal/protocol/ClaimAcquirer.java",
                        "private Step<ClaimResult> release(Lease lease) {",
                        """
private Step<ClaimResult> release(Lease lease) {
    if (lease.certain()) {
        return new Step.Done<>(new ClaimResult.Started(
                lease, context.actions().start(lease.migration(), lease.attempt(), null)));
    }
"""),
                new Mutant(
                                "a waiter waits for the whole lease of the owner",
                                Promise.LEASE,
                                "internal/protocol/OwnerWatcher.java",
                                "if (total.compareTo(running.lease().plus(interval(running))) > 0) {",
                                "if (total.compareTo(running.lease().dividedBy(2)) > 0) {")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(0, 0, 1))),
                new Mutant(
                                "a blocked process looks for the receipt",
                                Promise.PROGRESS,
                                "internal/protocol/StartupProtocol.java",
                                "if (decision instanceof Decision.Blocked stop) { return stopped(",
                                "if (decision instanceof Decision.Blocked stop) { return blocked(")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(1, 0, 1))),
                new Mutant(
                                "the same deployment does not retry",
                                Promise.RESTART,
                                "internal/plan/Plan.java",
                                "return !deployment.equals(halted.attempt().deployment()) && !state.failed(halted.id(), deployment);",
                                "return !state.failed(halted.id(), \"\");")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, true, false, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "nor after another deployment has failed in between",
                                Promise.RESTART,
                                "internal/plan/Plan.java",
                                "&& !state.failed(halted.id(), deployment)",
                                "")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, false, false, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                        "without a deployment, only a later start retries",
                        Promise.RESTART,
                        "internal/plan/Plan.java",
                        "boolean earlier = found.contains(RunResults.key(halted));",
                        "boolean earlier = true;"),
                new Mutant(
                                "an interrupted plain migration waits for an operator",
                                Promise.RESTART,
                                "internal/plan/Plan.java",
                                """
return migration.get().restartable();
        }
        return isNewDeployment""",
                                """
return true;
        }
        return isNewDeployment""")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(1, 0, 0))),
                new Mutant(
                        "a verdict outlives its class",
                        Promise.RESTART,
                        "internal/plan/Plan.java",
                        "if (earlier.isPresent() && !mayProceedPast(earlier.get(), state, found)) {",
                        "if (false && earlier.isPresent()) {"),
                new Mutant(
                                "one migration at a time",
                                Promise.ALONE,
                                "internal/plan/Plan.java",
                                "if (running != null && (!pending.isEmpty() || running.attempt().isRevert())) {",
                                "if (false) {")
                        .and(
                                "internal/ledger/LedgerState.java",
                                "require(running == null, \"a migration is running\");",
                                "")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                        "a receipt ends no other attempt's claim",
                        Promise.ALONE,
                        "internal/ledger/LedgerState.java",
                        "&& !running.attempt().hasToken(token);",
                        "                && running.attempt().hasToken(\"nobody's\");"),
                new Mutant(
                                "numeric order",
                                Promise.ORDER,
                                "internal/plan/Plan.java",
                                "MigrationDefinition next = pending.get(0);",
                                "MigrationDefinition next = pending.get(pending.size() - 1);")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "a partly reverted migration blocks every start",
                                Promise.SERVING,
                                "internal/plan/Plan.java",
                                "return false; // reverted in part: a person decides",
                                "return true;")
                        .reverting()
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, true, new ExploredMoment.FaultBudget(1, 0, 0))),
                new Mutant(
                                "a late owner does not record a migration that was reverted since",
                                Promise.RECEIPT_FIRST,
                                "internal/protocol/PendingUpdate.java",
                                "|| state.isReverted(done)",
                                "")
                        .reverting(),
                new Mutant(
                                "a receipt of a reverted attempt does not count",
                                Promise.RECEIPT_FIRST,
                                "internal/protocol/ReceiptReconciler.java",
                                "receipt.filter(done -> !state.isReverted(done)).map(",
                                "receipt.map(")
                        .reverting(),
                new Mutant(
                                "no migration below one that was applied again is reverted",
                                Promise.REVERT,
                                "internal/protocol/RevertProtocol.java",
                                "refuseAppliedAgain(state, next.get(), runContext);",
                                "")
                        .reverting(),
                new Mutant(
                                "a deleted receipt means that the migration was reverted",
                                Promise.PROGRESS,
                                "internal/protocol/ReceiptReconciler.java",
                                "return open && receipt.isEmpty()",
                                "return false && open")
                        .reverting()
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, true, new ExploredMoment.FaultBudget(1, 0, 0))),
                new Mutant(
                                "also after another build has skipped the verdict on it",
                                Promise.SERVING,
                                "internal/plan/Plan.java",
                                "if (inPart.isPresent()) { return new Decision.Blocked(inPart.get()); }",
                                "")
                        .reverting(),
                new Mutant(
                                "a late revert deletes no later receipt",
                                Promise.RECEIPT,
                                "internal/ledger/ReceiptRepository.java",
                                "&& LedgerJson.readReceipt(id, found.content()).attempt().number() <= last",
                                "")
                        .reverting(),
                new Mutant(
                                "an action starts only under its own claim",
                                Promise.CLAIM,
                                "internal/protocol/ClaimAcquirer.java",
                                "if (!lease.isHeldIn(lease.snapshot())) {",
                                "if (false) {")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "a claim keeps migrations that were reverted and applied again",
                                Promise.REGISTER,
                                "internal/ledger/LedgerState.java",
                                "return with(applied, new RunningMigration(attempt, lease, 0, checkpoint, null), null, appendToHistory(halted));",
                                "return with(applied.stream().filter(one -> attempts.stream().noneMatch(appendToHistory -> appendToHistory.id().equals(one.id()) && appendToHistory.isRevert())).toList(), new RunningMigration(attempt, lease, 0, checkpoint, null), null, appendToHistory(halted));")
                        .reverting()
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, true, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "a failed action gets no receipt",
                                Promise.RECEIPT,
                                "internal/protocol/CompletionRecorder.java",
                                "return completion.succeeded() ? receipt(completion)",
                                "return completion.ended() ? receipt(completion)")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, true, false, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "an owner that lost its lease still writes its receipt",
                                Promise.LATE_OWNER,
                                "internal/protocol/CompletionRecorder.java",
                                "return completion.succeeded() ? receipt(completion)",
                                "return completion.succeeded() && context.timeSource().monotonicNanos() - completion.lease().renewedAt() < context.settings().lease().toNanos() ? receipt(completion)")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(0, 0, 1))),
                new Mutant(
                                "a new attempt resumes from the last checkpoint",
                                Promise.CHECKPOINT,
                                "internal/ledger/History.java",
                                ".map(HistoryEntry::checkpoint)",
                                ".map(past -> (String) null)")
                        .in(new SmallWorld(
                                SimMigration.Kind.RESUMABLE,
                                false,
                                true,
                                false,
                                new ExploredMoment.FaultBudget(1, 0, 0))),
                new Mutant(
                                "a verdict has the last checkpoint",
                                Promise.LAST_CHECKPOINT,
                                "internal/protocol/FailureRecorder.java",
                                "completion.action().lastCheckpoint().orElse(null));",
                                "null);")
                        .in(new SmallWorld(
                                SimMigration.Kind.RESUMABLE,
                                true,
                                true,
                                false,
                                new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "a heartbeat writes the checkpoint",
                                Promise.CHECKPOINT_IN_TIME,
                                "internal/protocol/Supervision.java",
                                "action.lastCheckpoint().orElse(null),",
                                "running.checkpoint(),")
                        .in(new SmallWorld(
                                SimMigration.Kind.RESUMABLE,
                                false,
                                true,
                                false,
                                new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                        "a new checkpoint is written within a second",
                        Promise.CHECKPOINT_IN_TIME,
                        "internal/protocol/Supervision.java",
                        "soon ? Durations.min(context.heartbeatInterval(), CHECKPOINT_INTERVAL) : context.heartbeatInterval()",
                        "context.heartbeatInterval()"),
                new Mutant(
                                "no process serves while a migration is pending",
                                Promise.SERVING,
                                "internal/plan/Plan.java",
                                "if (pending.isEmpty()) { return new Decision.Ready(); }",
                                "if (pending.size() <= 1) { return new Decision.Ready(); }")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "no process serves while another process runs a migration",
                                Promise.SERVING,
                                "internal/plan/Plan.java",
                                "return new Decision.Wait(running);",
                                "return running.attempt().isRevert() ? new Decision.Wait(running) : new Decision.Ready();")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "the last applied migration is reverted first",
                                Promise.REVERT,
                                "internal/plan/RevertTarget.java",
                                "Collections.reverse(ids);",
                                "")
                        .and(
                                "internal/protocol/RevertProtocol.java",
                                "refuseAppliedAgain(state, next.get(), runContext);",
                                "")
                        .reverting()
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, true, new ExploredMoment.FaultBudget(0, 0, 0))),
                new Mutant(
                                "an owner whose claim is gone reports how its action ended",
                                Promise.REPORT,
                                "internal/protocol/FailureRecorder.java",
                                "return halted(now, halted, cause); }",
                                "return new Step.Done<>(ExecutionResult.nothing(now)); }")
                        .in(new SmallWorld(
                                SimMigration.Kind.RERUNNABLE,
                                true,
                                false,
                                false,
                                new ExploredMoment.FaultBudget(0, 0, 1))));
    }
}
