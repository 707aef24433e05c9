package dev.migrate.run;

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
                        "ledger/Register.java",
                        "version = RetryPolicy.guarded(() -> store.replace(key(environment), content, seen.version()));",
                        "version = store.replace(key(environment), content,"
                                + " store.read(key(environment)) instanceof Read.Found f ? f.version() : \"\");"),
                new Mutant(
                        "a conflict is settled by reading, not taken for a loss",
                        Promise.PROGRESS,
                        "ledger/Register.java",
                        """
                            } catch (StoreConflictException e) {
                                return settle(sentAt, attempt, e);
                            }
                            return end(WriteResult.Status.COMMITTED,""",
                        """
                            } catch (StoreConflictException e) {
                                return end(WriteResult.Status.LOST, seen, sentAt);
                            }
                            return end(WriteResult.Status.COMMITTED,"""),
                new Mutant(
                                "every write has a nonce of its own",
                                Promise.PROGRESS,
                                "ledger/Register.java",
                                "private final String nonce = nonces.get();",
                                "private final String nonce = \"constant\";")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, true, false, new Explored.Misfortune(0, 0, 1))),
                new Mutant(
                                "another version without my write is a loss",
                                Promise.PROGRESS,
                                "ledger/Register.java",
                                "boolean done = found.nonce().equals(nonce);",
                                "boolean done = true;")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, true, false, new Explored.Misfortune(0, 0, 1))),
                new Mutant(
                                "the receipt is written",
                                Promise.RECEIPT_FIRST,
                                "run/ReceiptRecorder.java",
                                "store -> tools.receipts().write(store, done, hold.snapshot().state()::isUndone)",
                                "store -> done")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "the owner looks at its own deadline before it starts",
                                Promise.DEADLINE,
                                "run/ClaimAcquirer.java",
                                "if (tools.ticker().nanos() - hold.sentAt() >= tools.settings().lease().toNanos()) {",
                                "if (false) {")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(1, 1, 1))),
                new Mutant(
                        "nothing starts in a process that was told to end",
                        Promise.SHUTDOWN,
                        "run/ClaimAcquirer.java",
                        "private Step<ClaimResult> release(Hold hold) {",
                        """
                        private Step<ClaimResult> release(Hold hold) {
                            if (hold.sure()) {
                                return new Step.End<>(new ClaimResult.Started(
                                        hold, tools.shop().start(hold.migration(), hold.attempt(), null)));
                            }
                        """),
                new Mutant(
                                "a waiter gives an owner its lease",
                                Promise.LEASE,
                                "run/OwnerWatcher.java",
                                "if (total.compareTo(running.lease().plus(interval(running))) > 0) {",
                                "if (total.compareTo(running.lease().dividedBy(2)) > 0) {")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(0, 0, 1))),
                new Mutant(
                                "whoever is stopped by a verdict looks for the receipt",
                                Promise.PROGRESS,
                                "run/StartupProtocol.java",
                                "if (decision instanceof Decision.Stop stop) { return stopped(",
                                "if (decision instanceof Decision.Stop stop) { return blocked(")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(1, 0, 1))),
                new Mutant(
                                "the same deployment does not try again",
                                Promise.RESTART,
                                "run/Plan.java",
                                "return !deployment.equals(halted.attempt().deployment()) && !state.failed(halted.id(), deployment);",
                                "return !state.failed(halted.id(), \"\");")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "nor after another deployment has failed in between",
                                Promise.RESTART,
                                "run/Plan.java",
                                "&& !state.failed(halted.id(), deployment)",
                                "")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, false, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                        "without a deployment, only a later start tries again",
                        Promise.RESTART,
                        "run/Plan.java",
                        "boolean earlier = found.contains(Memory.key(halted));",
                        "boolean earlier = true;"),
                new Mutant(
                                "an interrupted plain migration waits for an operator",
                                Promise.RESTART,
                                "run/Plan.java",
                                "return migration.get().restartable();\n        }\n        return another",
                                "return true;\n        }\n        return another")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(1, 0, 0))),
                new Mutant(
                        "a verdict outlives its class",
                        Promise.RESTART,
                        "run/Plan.java",
                        "if (earlier.isPresent() && !past(earlier.get(), state, found)) {",
                        "if (false && earlier.isPresent()) {"),
                new Mutant(
                                "one migration at a time",
                                Promise.ALONE,
                                "run/Plan.java",
                                "if (running != null && (!pending.isEmpty() || running.attempt().reverts())) {",
                                "if (false) {")
                        .and("ledger/LedgerState.java", "require(running == null, \"a migration is running\");", "")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                        "a receipt ends no other attempt's claim",
                        Promise.ALONE,
                        "ledger/LedgerState.java",
                        "                && !running.attempt().has(token);",
                        "                && running.attempt().has(\"nobody's\");"),
                new Mutant(
                                "numeric order",
                                Promise.ORDER,
                                "run/Plan.java",
                                "MigrationDefinition next = pending.get(0);",
                                "MigrationDefinition next = pending.get(pending.size() - 1);")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "what is undone in part stops every start",
                                Promise.SERVING,
                                "run/Plan.java",
                                "return false; // undone in part: a person decides",
                                "return true;")
                        .undoing()
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, true, new Explored.Misfortune(1, 0, 0))),
                new Mutant(
                                "a late owner records nothing that was undone since",
                                Promise.RECEIPT_FIRST,
                                "run/PendingUpdate.java",
                                " || state.isUndone(done)",
                                "")
                        .undoing(),
                new Mutant(
                                "a receipt of what was undone does not count",
                                Promise.RECEIPT_FIRST,
                                "run/ReceiptReconciler.java",
                                "receipt.filter(done -> !state.isUndone(done)).map(",
                                "receipt.map(")
                        .undoing(),
                new Mutant(
                                "nothing is undone below what was applied again",
                                Promise.REVERT,
                                "run/RevertProtocol.java",
                                "refuseAppliedAgain(state, next.get(), memory);",
                                "")
                        .undoing(),
                new Mutant(
                                "the disappearance of the receipt tells that a migration was undone",
                                Promise.PROGRESS,
                                "run/ReceiptReconciler.java",
                                "return open && receipt.isEmpty()",
                                "return false && open")
                        .undoing()
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, true, new Explored.Misfortune(1, 0, 0))),
                new Mutant(
                                "also after another build has gone past the verdict on it",
                                Promise.SERVING,
                                "run/Plan.java",
                                "if (inPart.isPresent()) { return new Decision.Stop(inPart.get()); }",
                                "")
                        .undoing(),
                new Mutant(
                                "who undid and comes late takes no later receipt away",
                                Promise.RECEIPT,
                                "ledger/Receipts.java",
                                "&& LedgerJson.readReceipt(id, found.content()).attempt().number() <= last",
                                "")
                        .undoing(),
                new Mutant(
                                "an action starts only under a claim that is its own",
                                Promise.CLAIM,
                                "run/ClaimAcquirer.java",
                                "if (!hold.standsIn(hold.snapshot())) {",
                                "if (false) {")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "a claim keeps what was reverted and applied again",
                                Promise.REGISTER,
                                "ledger/LedgerState.java",
                                "return with(applied, new Running(attempt, lease, 0, checkpoint, null), null, past(halted));",
                                "return with(applied.stream().filter(one -> attempts.stream().noneMatch(past -> past.id().equals(one.id()) && past.isUndoing())).toList(), new Running(attempt, lease, 0, checkpoint, null), null, past(halted));")
                        .undoing()
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, true, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "a failed action gets no receipt",
                                Promise.RECEIPT,
                                "run/ReceiptRecorder.java",
                                "return completion.succeeded() ? receipt(completion)",
                                "return completion.ended() ? receipt(completion)")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, true, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "an owner that lost its lease still writes its receipt",
                                Promise.LATE_OWNER,
                                "run/ReceiptRecorder.java",
                                "return completion.succeeded() ? receipt(completion)",
                                "return completion.succeeded() && tools.ticker().nanos() - completion.hold().sentAt() < tools.settings().lease().toNanos() ? receipt(completion)")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(0, 0, 1))),
                new Mutant(
                                "a new attempt goes on from the checkpoint of the last",
                                Promise.CHECKPOINT,
                                "ledger/History.java",
                                ".map(Past::checkpoint)",
                                ".map(past -> (String) null)")
                        .in(new SmallWorld(
                                SimMigration.Kind.RESUMABLE, false, true, false, new Explored.Misfortune(1, 0, 0))),
                new Mutant(
                                "a verdict has the last checkpoint",
                                Promise.LAST_CHECKPOINT,
                                "run/FailureRecorder.java",
                                "completion.action().checkpoint().orElse(null));",
                                "null);")
                        .in(new SmallWorld(
                                SimMigration.Kind.RESUMABLE, true, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "a beat writes the checkpoint",
                                Promise.CHECKPOINT_IN_TIME,
                                "run/Supervision.java",
                                "action.checkpoint().orElse(null),",
                                "running.checkpoint(),")
                        .in(new SmallWorld(
                                SimMigration.Kind.RESUMABLE, false, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                        "a new checkpoint is written within a second",
                        Promise.CHECKPOINT_IN_TIME,
                        "run/Supervision.java",
                        "soon ? Durations.min(tools.beat(), CHECKPOINT_INTERVAL) : tools.beat()",
                        "tools.beat()"),
                new Mutant(
                                "nothing serves while one migration is pending",
                                Promise.SERVING,
                                "run/Plan.java",
                                "if (pending.isEmpty()) { return new Decision.Serve(); }",
                                "if (pending.size() <= 1) { return new Decision.Serve(); }")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "nothing serves while another process runs a migration",
                                Promise.SERVING,
                                "run/Plan.java",
                                "return new Decision.Wait(running);",
                                "return running.attempt().reverts() ? new Decision.Wait(running) : new Decision.Serve();")
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, false, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "the last that was applied is undone first",
                                Promise.REVERT,
                                "run/RevertTarget.java",
                                "Collections.reverse(ids);",
                                "")
                        .and("run/RevertProtocol.java", "refuseAppliedAgain(state, next.get(), memory);", "")
                        .undoing()
                        .in(new SmallWorld(
                                SimMigration.Kind.PLAIN, false, true, true, new Explored.Misfortune(0, 0, 0))),
                new Mutant(
                                "an owner whose claim is gone reports how its action ended",
                                Promise.REPORT,
                                "run/FailureRecorder.java",
                                "return halted(now, halted, cause); }",
                                "return new Step.End<>(ExecutionResult.nothing(now)); }")
                        .in(new SmallWorld(
                                SimMigration.Kind.RERUNNABLE, true, false, false, new Explored.Misfortune(0, 0, 1))));
    }
}
