package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Acts;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The steps of a start: read the ledger, decide, and wait, claim, be blocked, or serve. What an owner does between its
 * claim and its verdict is in {@link Ownership}.
 */
final class Start {

    private static final Duration LONGEST_POLL = Duration.ofSeconds(2);
    private static final Duration LONGEST_BLOCKED_POLL = Duration.ofSeconds(30);

    private final Tools tools;
    private final Ownership ownership;
    private final long begunAt;

    Start(Tools tools) {
        this.tools = tools;
        this.ownership = new Ownership(tools, this::decide);
        this.begunAt = tools.ticker().nanos();
    }

    Step<MigrationReport> begin() {
        return tools.register()
                .read(tools.patience(), found -> found.map(this::opened).orElseGet(this::absent));
    }

    /** There is no register: the receipts, ODIN's too, say what is done. */
    private Step<MigrationReport> absent() {
        return tools.register().ask(tools.receipts()::list, tools.patience(), ids -> adopt(ids, List.of()));
    }

    private Step<MigrationReport> adopt(List<MigrationId> ids, List<Applied> adopted) {
        if (adopted.size() < ids.size()) {
            MigrationId next = ids.get(adopted.size());
            return find(next, receipt -> {
                List<Applied> more = new ArrayList<>(adopted);
                // A receipt that is gone again since it was listed counts: somebody saw it done.
                more.add(receipt.orElseGet(() -> bare(next)));
                return adopt(ids, more);
            });
        }
        LedgerState fresh = LedgerState.fresh(tools.settings().environment(), adopted);
        return tools.register().create(fresh, tools.patience(), made -> {
            boolean asAdopted =
                    made.state().revision() == 1 && made.state().applied().equals(adopted);
            if (!adopted.isEmpty() && asAdopted) {
                tools.herald()
                        .notice(
                                "There was no register in this ledger, but " + adopted.size() + " receipts from "
                                        + ids.get(0) + " to " + ids.get(ids.size() - 1)
                                        + ": they were adopted as applied. What else had failed or was interrupted, if anything,"
                                        + " is forgotten.",
                                true);
            }
            return opened(made);
        });
    }

    private static Applied bare(MigrationId id) {
        return new Applied(Attempt.bare(id), null, null);
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
        return decide(seen, Memory.of(state));
    }

    private Step<MigrationReport> decide(Snapshot seen, Memory memory) {
        return carryOut(Change.none(seen), memory);
    }

    /**
     * Does what is to be done in a state that follows from what was read: either that state is the one that was read,
     * or the next write makes it so.
     */
    private Step<MigrationReport> carryOut(Change change, Memory memory) {
        if (tools.stopping().getAsBoolean()) {
            return Tools.stopped();
        }
        Snapshot seen = change.seen();
        LedgerState base = change.base();
        tools.plan().checkNames(base);
        Decision decision = tools.plan().decide(base, memory.found());
        if (decision instanceof Decision.Claim claim) {
            return base.nextAttempt(claim.migration().id()) == 1
                    ? claim(change, claim.migration(), memory)
                    : claimAgain(change, claim.migration(), memory);
        }
        if (change.isWrite()) {
            return tools.register().commit(seen, base, tools.patience(), commit -> {
                if (commit.done()) {
                    change.committed().run();
                }
                return decide(commit.snapshot(), memory);
            });
        }
        if (decision instanceof Decision.Wait wait) {
            return watch(seen, wait.running(), Duration.ZERO, tools.ticker().nanos(), memory);
        }
        if (decision instanceof Decision.Stop stop) {
            return stopped(seen, stop.halted(), memory);
        }
        MigrationReport report = new MigrationReport(
                memory.applied(), memory.reverted(), tools.plan().size(), since(begunAt));
        tools.herald().tell(new MigrationEvent.Completed(report));
        return new Step.End<>(report);
    }

    /** Not the first attempt: the owner of an earlier one may have finished late, and its receipt says so. */
    private Step<MigrationReport> claimAgain(Change change, MigrationDefinition migration, Memory memory) {
        Attempt last = change.base()
                .verdict(migration.id())
                .map(Halted::attempt)
                .orElseGet(() -> bare(migration.id()).attempt());
        return find(
                migration.id(),
                receipt -> receipt.isPresent() && !change.base().isUndone(receipt.get())
                        ? carryOut(applied(change, receipt.get(), last), memory)
                        : claim(change, migration, memory));
    }

    private Step<MigrationReport> claim(Change change, MigrationDefinition migration, Memory memory) {
        givenUp(change.base(), migration);
        return ownership.claim(change, migration, memory);
    }

    private void givenUp(LedgerState base, MigrationDefinition next) {
        Halted halted = base.halted();
        if (halted != null && tools.plan().find(halted.id()).isEmpty()) {
            tools.herald()
                    .notice(
                            halted.attempt().title() + " was " + halted.verdict() + " and this build has no such"
                                    + " migration: it is given up, and " + next.id() + " runs. Should it come back, its"
                                    + " verdict counts again.",
                            true);
        }
    }

    // Waiting for an owner

    /**
     * Watches the register while another process owns it. Only what this process has itself seen counts: a gap between
     * two answers counts for no more than two polls, so neither its own pause nor an outage makes an owner look lost.
     */
    private Step<MigrationReport> watch(
            Snapshot seen, Running running, Duration unchanged, long lastSeenAt, Memory memory) {
        tools.herald().waiting(running);
        return new Step.Pause<>(
                tools.jittered(poll(running)),
                tools.stopping(),
                () -> tools.stopping().getAsBoolean()
                        ? Tools.stopped()
                        : look(seen, running, unchanged, lastSeenAt, memory));
    }

    private Step<MigrationReport> look(
            Snapshot seen, Running running, Duration unchanged, long lastSeenAt, Memory memory) {
        return tools.register().readAgain(seen, tools.patience(), now -> {
            if (!now.version().equals(seen.version())) {
                return decide(now, memory);
            }
            Duration gap = since(lastSeenAt);
            Duration most = poll(running).multipliedBy(2);
            Duration total = unchanged.plus(gap.compareTo(most) > 0 ? most : gap);
            if (total.compareTo(running.lease().plus(poll(running))) > 0) {
                return takeOver(seen, running, total, memory);
            }
            return watch(seen, running, total, tools.ticker().nanos(), memory);
        });
    }

    private static Duration poll(Running running) {
        Duration sixth = running.lease().dividedBy(6);
        return sixth.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : sixth;
    }

    /** The owner was not heard of for its whole lease: its receipt says whether it had finished. */
    private Step<MigrationReport> takeOver(Snapshot seen, Running running, Duration unchanged, Memory memory) {
        return find(running.id(), receipt -> {
            String error = "its owner (" + running.attempt().owner() + ") was not heard of for " + unchanged.toMillis()
                    + " ms";
            LedgerState halted = seen.state()
                    .halt(
                            token(running),
                            Verdict.INTERRUPTED,
                            error,
                            tools.ticker().now(),
                            null);
            Runnable told = () -> tools.herald().tell(new MigrationEvent.TakenOver(running));
            Change change = new Change(seen, halted, told);
            return carryOut(settled(change, running.attempt(), receipt).orElse(change), memory);
        });
    }

    // Being blocked

    /** A verdict is in the way. Its receipt may have come since: from an owner that was late, or by hand. */
    private Step<MigrationReport> stopped(Snapshot seen, Halted halted, Memory memory) {
        return find(halted.id(), receipt -> settled(Change.none(seen), halted.attempt(), receipt)
                .map(change -> carryOut(change, memory))
                .orElseGet(() -> blocked(seen, halted, memory)));
    }

    /** What the receipt says of an attempt, if it says anything: it is there, or, to undo one, it is gone. */
    private Optional<Change> settled(Change change, Attempt attempt, Optional<Applied> receipt) {
        if (!attempt.reverts()) {
            return receipt.filter(done -> !change.base().isUndone(done)).map(done -> applied(change, done, attempt));
        }
        if (receipt.isPresent()) {
            return Optional.empty();
        }
        LedgerState undone = new Acts(tools.ticker().now(), null, null).revert(change.base(), attempt);
        return Optional.of(new Change(change.seen(), undone, () -> {
            change.committed().run();
            tools.herald().notice(attempt.title() + " counts as undone: its receipt is gone.", true);
        }));
    }

    private Change applied(Change change, Applied receipt, Attempt known) {
        return new Change(change.seen(), change.base().complete(receipt.by(known)), () -> {
            change.committed().run();
            tools.herald().notice(known.title() + " counts as applied: its receipt is there.", true);
        });
    }

    private Step<MigrationReport> blocked(Snapshot seen, Halted halted, Memory memory) {
        Block block = Blocks.of(halted, tools.settings(), tools.plan().find(halted.id()));
        tools.herald().blocked(block);
        if (tools.settings().onFailure() == RunnerSettings.OnFailure.EXIT) {
            throw new MigrationsBlockedException(block);
        }
        Duration half = tools.settings().lease().dividedBy(2);
        return new Step.Pause<>(
                tools.jittered(half.compareTo(LONGEST_BLOCKED_POLL) > 0 ? LONGEST_BLOCKED_POLL : half),
                tools.stopping(),
                () -> tools.register().readAgain(seen, tools.patience(), now -> decide(now, memory)));
    }

    private Step<MigrationReport> find(MigrationId id, Function<Optional<Applied>, Step<MigrationReport>> then) {
        return tools.register().ask(store -> tools.receipts().find(store, id), tools.patience(), then);
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(tools.ticker().nanos() - nanos);
    }

    private static String token(Running running) {
        return Objects.requireNonNull(running.attempt().token(), "the reader refuses a claim without a token");
    }
}
