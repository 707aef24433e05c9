package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.HistoryEntry;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.OperatorTransitions;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds out from the receipt how an attempt ended whose end the register does not know, or records as a failure. */
public final class ReceiptReconciler {

    private ReceiptReconciler() {}

    /**
     * Reconciles an attempt with its receipt. If the receipt exists, the migration is applied. If the attempt was a revert and
     * the receipt is gone, the migration is reverted.
     *
     * @param state what the register says
     * @param last the last attempt of the migration
     * @param receipt its receipt, if there is one
     * @return the new state; empty if the receipt shows nothing new
     */
    static Optional<LedgerState> reconcile(
            LedgerState state, Attempt last, Optional<AppliedMigration> receipt, Instant now) {
        if (!last.isRevert()) {
            return receipt.filter(done -> !state.isReverted(done)).map(done -> state.complete(done.by(last)));
        }
        boolean open = last.token() != null && state.applied(last.id()).isPresent();
        return open && receipt.isEmpty()
                ? Optional.of(new OperatorTransitions(now, null, null).revert(state, last))
                : Optional.empty();
    }

    /** Reconciles within an update, and publishes a notification. */
    static Optional<PendingUpdate> reconcile(
            PendingUpdate update, Attempt last, Optional<AppliedMigration> receipt, ProtocolContext context) {
        return reconcile(update.next(), last, receipt, context.timeSource().wallTime())
                .map(next -> new PendingUpdate(update.base(), next, () -> {
                    update.onCommitted().run();
                    context.events()
                            .notice(
                                    last.isRevert()
                                            ? last.displayName() + " counts as reverted: its receipt is gone."
                                            : last.displayName() + " counts as applied: its receipt is there.",
                                    true);
                }));
    }

    /**
     * The last attempts that the register records as unsuccessful, and that a receipt could reconcile. Empty while a migration
     * runs, because every process waits for it.
     */
    public static List<Attempt> open(LedgerState state) {
        if (state.running() != null) {
            return List.of();
        }
        return Stream.concat(
                        state.attempts().stream().map(HistoryEntry::id),
                        Stream.ofNullable(state.halted()).map(BlockingVerdict::id))
                .distinct()
                .flatMap(id -> open(state, id).stream())
                .toList();
    }

    private static Optional<Attempt> open(LedgerState state, MigrationId id) {
        Optional<Attempt> halted = state.verdict(id).map(BlockingVerdict::attempt);
        return halted.isPresent() || state.applied(id).isPresent() ? halted : Optional.of(Attempt.ofUnknownOwner(id));
    }

    /** Reconciles all open attempts, for a reader that writes nothing. */
    public static LedgerState reconcileAll(
            LedgerState state, Function<MigrationId, Optional<AppliedMigration>> receipts, Instant now) {
        LedgerState settled = state;
        for (Attempt last : open(state)) {
            settled = reconcile(settled, last, receipts.apply(last.id()), now).orElse(settled);
        }
        return settled;
    }
}
