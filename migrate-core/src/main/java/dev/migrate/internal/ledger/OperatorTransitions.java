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
     * Another start is allowed. After a verdict on reverting a migration it is applied as before; a migration that is
     * applied becomes pending.
     *
     * @param state the ledger
     * @param id the sequence number
     * @return the state in which nothing stands in its way
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
     * What a verdict is about had finished.
     *
     * @param state the ledger
     * @param id the sequence number
     * @return the state in which it is applied; or pending, when the verdict was on reverting it
     */
    public LedgerState resolve(LedgerState state, MigrationId id) {
        BlockingVerdict about =
                idle(state).verdict(id).orElseThrow(() -> new IllegalStateException("no verdict stands on " + id));
        LedgerState next = appendToHistory(state, about, HistoryEntry.OperatorAction.RESOLVE);
        if (!about.attempt().isRevert()) {
            return next.complete(new AppliedMigration(about.attempt(), at, null));
        }
        List<HistoryEntry> all = new ArrayList<>(next.attempts());
        all.add(all.size() - 1, HistoryEntry.of(applied(state, id)));
        return next.with(next.appliedWithout(id), null, next.halted(), all);
    }

    /**
     * A migration counts as applied, though nobody ran it.
     *
     * @param state the ledger
     * @param attempt the migration, with a token of its own
     * @return the state in which it is applied
     */
    public LedgerState stamp(LedgerState state, Attempt attempt) {
        BlockingVerdict stands = idle(state).halted();
        boolean about = stands != null && stands.id().equals(attempt.id());
        List<HistoryEntry> all = new ArrayList<>(about ? state.appendToHistory(stands) : state.attempts());
        all.add(entry(HistoryEntry.OperatorAction.STAMP, attempt));
        return state.with(state.applied(), null, about ? null : stands, all)
                .complete(new AppliedMigration(attempt, at, null));
    }

    /**
     * A migration was reverted: what was applied moves to the attempts, and the migration is pending again.
     *
     * @param state the ledger
     * @param attempt the attempt that reverted it, which runs, or on which there is a verdict that came too early
     * @return the state in which it is pending
     */
    public LedgerState revert(LedgerState state, Attempt attempt) {
        String token = Objects.requireNonNull(attempt.token());
        BlockingVerdict halted = state.halted();
        RunningMigration running = state.running();
        boolean stands = halted != null && halted.attempt().hasToken(token);
        boolean runs = running != null && running.attempt().hasToken(token);
        LedgerState.require(attempt.isRevert(), "the attempt reverts nothing");
        LedgerState.require(runs || isOpen(state, attempt), "the claim is not this owner's");
        List<HistoryEntry> all = new ArrayList<>(state.attempts());
        all.add(HistoryEntry.of(applied(state, attempt.id())));
        all.add(entry(HistoryEntry.OperatorAction.REVERT, attempt));
        return state.with(state.appliedWithout(attempt.id()), runs ? null : running, stands ? null : halted, all);
    }

    /**
     * Whether there is a verdict on an attempt, also one that the ledger has gone past, and nobody has decided since.
     *
     * @param state the ledger
     * @param attempt the attempt, with a token
     * @return whether it is for a person to decide what came of it
     */
    public static boolean isOpen(LedgerState state, Attempt attempt) {
        String token = Objects.requireNonNull(attempt.token());
        return state.verdict(attempt.id())
                .filter(halted -> halted.attempt().hasToken(token))
                .isPresent();
    }

    private LedgerState appendToHistory(LedgerState state, BlockingVerdict about, HistoryEntry.OperatorAction act) {
        boolean stands = about.equals(state.halted());
        List<HistoryEntry> all = new ArrayList<>(stands ? state.appendToHistory(about) : state.attempts());
        all.add(entry(act, about.attempt()).withCheckpoint(about.checkpoint()));
        return state.with(state.applied(), null, stands ? null : state.halted(), all);
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
