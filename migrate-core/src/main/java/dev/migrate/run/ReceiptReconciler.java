package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Acts;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Past;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a receipt tells of an attempt whose end the register does not know, or knows as a failure. */
final class ReceiptReconciler {

    private ReceiptReconciler() {}

    /**
     * Settles an attempt by its receipt: where the receipt is there, the migration is applied; where the attempt was to
     * undo it, and the receipt is gone, it is undone.
     *
     * @param state what the register says
     * @param last the last attempt of the migration
     * @param receipt its receipt, if there is one
     * @return the state that follows; empty when the receipt tells nothing
     */
    static Optional<LedgerState> reconcile(LedgerState state, Attempt last, Optional<Applied> receipt, Instant now) {
        if (!last.reverts()) {
            return receipt.filter(done -> !state.isUndone(done)).map(done -> state.complete(done.by(last)));
        }
        boolean open = last.token() != null && state.applied(last.id()).isPresent();
        return open && receipt.isEmpty()
                ? Optional.of(new Acts(now, null, null).revert(state, last))
                : Optional.empty();
    }

    /** The same for an update, and for the one that reads the log. */
    static Optional<PendingUpdate> reconcile(
            PendingUpdate update, Attempt last, Optional<Applied> receipt, Tools tools) {
        return reconcile(update.next(), last, receipt, tools.ticker().now())
                .map(next -> new PendingUpdate(update.base(), next, () -> {
                    update.onCommitted().run();
                    tools.herald()
                            .notice(
                                    last.reverts()
                                            ? last.title() + " counts as undone: its receipt is gone."
                                            : last.title() + " counts as applied: its receipt is there.",
                                    true);
                }));
    }

    /**
     * The last attempts that a receipt could settle, though the register does not say that they ended well; none while
     * a migration runs, for which every process waits.
     */
    static List<Attempt> open(LedgerState state) {
        if (state.running() != null) {
            return List.of();
        }
        return Stream.concat(
                        state.attempts().stream().map(Past::id),
                        Stream.ofNullable(state.halted()).map(Halted::id))
                .distinct()
                .flatMap(id -> open(state, id).stream())
                .toList();
    }

    private static Optional<Attempt> open(LedgerState state, MigrationId id) {
        Optional<Attempt> halted = state.verdict(id).map(Halted::attempt);
        return halted.isPresent() || state.applied(id).isPresent() ? halted : Optional.of(Attempt.bare(id));
    }

    /** All of them settled, for those who look at a ledger and write nothing. */
    static LedgerState reconcileAll(LedgerState state, Function<MigrationId, Optional<Applied>> receipts, Instant now) {
        LedgerState settled = state;
        for (Attempt last : open(state)) {
            settled = reconcile(settled, last, receipts.apply(last.id()), now).orElse(settled);
        }
        return settled;
    }
}
