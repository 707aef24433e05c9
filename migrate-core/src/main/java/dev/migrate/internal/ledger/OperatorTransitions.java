package dev.migrate.internal.ledger;

import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How operator commands change a ledger: pure functions, as the transitions of {@link LedgerState} are. Each
 * refuses what is not allowed with an {@link IllegalStateException}; and each but {@link #revert}, which an action comes
 * before, is refused while a migration runs.
 *
 * @param at when
 * @param by who, or null where nobody knows
 * @param reason why, or null
 * @since 0.1
 */
public record OperatorTransitions(Instant at, @Nullable Operator by, @Nullable String reason) {

    /**
     * Allows another attempt. After a verdict on a revert, the migration is applied as before. An applied migration becomes
     * pending.
     *
     * @param state the ledger
     * @param id the sequence number
     * @return the state in which nothing blocks it
     */
    public LedgerState retry(LedgerState state, MigrationId id) {
        Optional<BlockingVerdict> about = idle(state).verdict(id);
        if (about.isPresent()) {
            return appendToHistory(state, about.get(), HistoryEntry.OperatorAction.RETRY);
        }
        AppliedMigration done = applied(state, id);
        List<HistoryEntry> all = new ArrayList<>(state.attempts());
        all.add(HistoryEntry.of(done));
        all.add(entry(HistoryEntry.OperatorAction.RETRY, done.attempt()));
        return state.with(state.appliedWithout(id), null, state.halted(), all);
    }

    /**
     * Records that an attempt with a verdict had finished.
     *
     * @param state the ledger
     * @param id the sequence number
     * @return the state in which it is applied; pending if the verdict was on a revert
     */
    public LedgerState resolve(LedgerState state, MigrationId id) {
        BlockingVerdict about =
                idle(state).verdict(id).orElseThrow(() -> new IllegalStateException("there is no verdict on " + id));
        LedgerState next = appendToHistory(state, about, HistoryEntry.OperatorAction.RESOLVE);
        if (!about.attempt().isRevert()) {
            return next.complete(new AppliedMigration(about.attempt(), at, null));
        }
        List<HistoryEntry> all = new ArrayList<>(next.attempts());
        all.add(all.size() - 1, HistoryEntry.of(applied(state, id)));
        return next.with(next.appliedWithout(id), null, next.halted(), all);
    }

    /**
     * Records a migration as applied without running it.
     *
     * @param state the ledger
     * @param attempt the migration, with a token of its own
     * @return the state in which it is applied
     */
    public LedgerState stamp(LedgerState state, Attempt attempt) {
        BlockingVerdict halted = idle(state).halted();
        boolean isAbout = halted != null && halted.id().equals(attempt.id());
        List<HistoryEntry> all = new ArrayList<>(isAbout ? state.appendToHistory(halted) : state.attempts());
        all.add(entry(HistoryEntry.OperatorAction.STAMP, attempt));
        return state.with(state.applied(), null, isAbout ? null : halted, all)
                .complete(new AppliedMigration(attempt, at, null));
    }

    /**
     * Records that a migration was reverted. Its applied record moves to the history, and the migration is pending again.
     *
     * @param state the ledger
     * @param attempt the attempt that reverted it: it is running, or has a verdict that was written too early
     * @return the state in which it is pending
     */
    public LedgerState revert(LedgerState state, Attempt attempt) {
        String token = Objects.requireNonNull(attempt.token());
        BlockingVerdict halted = state.halted();
        RunningMigration running = state.running();
        boolean blocks = halted != null && halted.attempt().hasToken(token);
        boolean runs = running != null && running.attempt().hasToken(token);
        LedgerState.require(attempt.isRevert(), "the attempt reverts nothing");
        LedgerState.require(runs || isOpen(state, attempt), "the claim is not this owner's");
        List<HistoryEntry> all = new ArrayList<>(state.attempts());
        all.add(HistoryEntry.of(applied(state, attempt.id())));
        all.add(entry(HistoryEntry.OperatorAction.REVERT, attempt));
        return state.with(state.appliedWithout(attempt.id()), runs ? null : running, blocks ? null : halted, all);
    }

    /**
     * Whether an attempt has a verdict, also an overridden one, and no operator has decided since.
     *
     * @param state the ledger
     * @param attempt the attempt, with a token
     * @return whether the decision of an operator is needed
     */
    public static boolean isOpen(LedgerState state, Attempt attempt) {
        String token = Objects.requireNonNull(attempt.token());
        return state.verdict(attempt.id())
                .filter(halted -> halted.attempt().hasToken(token))
                .isPresent();
    }

    private LedgerState appendToHistory(LedgerState state, BlockingVerdict about, HistoryEntry.OperatorAction act) {
        boolean blocks = about.equals(state.halted());
        List<HistoryEntry> all = new ArrayList<>(blocks ? state.appendToHistory(about) : state.attempts());
        all.add(entry(act, about.attempt()).withCheckpoint(about.checkpoint()));
        return state.with(state.applied(), null, blocks ? null : state.halted(), all);
    }

    private HistoryEntry entry(HistoryEntry.OperatorAction act, Attempt about) {
        return new HistoryEntry(about, act.name(), null, at, null, null, by, reason);
    }

    private static LedgerState idle(LedgerState state) {
        LedgerState.require(state.running() == null, "a migration is running");
        return state;
    }

    private static AppliedMigration applied(LedgerState state, MigrationId id) {
        return state.applied(id).orElseThrow(() -> new IllegalStateException(id + " is not applied"));
    }
}
