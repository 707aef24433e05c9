package dev.migrate.internal.operations;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.protocol.Adoption;
import dev.migrate.listener.AppliedMigration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger says, read and not changed.
 *
 * @param state what the register says; where there is none, what the receipts say
 * @param exists whether there is a register
 * @param receipts the sequence numbers that have a receipt, in order
 * @param reconciled what the next start takes it for: a verdict counts no more where the receipt tells how its attempt ended
 * @param adoption where there is no register, what the next start adopts and why; null when it adopts nothing
 * @since 0.1
 */
public record LedgerReport(
        LedgerState state,
        boolean exists,
        List<MigrationId> receipts,
        LedgerState reconciled,
        @Nullable String adoption) {

    /** Copies the list. */
    public LedgerReport {
        receipts = List.copyOf(receipts);
    }

    /**
     * Facts that no receipt makes look otherwise.
     *
     * @param state what the register says; where there is none, what the receipts say
     * @param exists whether there is a register
     * @param receipts the sequence numbers that have a receipt, in order
     */
    public LedgerReport(LedgerState state, boolean exists, List<MigrationId> receipts) {
        this(state, exists, receipts, state, null);
    }

    static LedgerReport adopted(EnvironmentName environment, Adoption adoption, List<MigrationId> receipts) {
        LedgerState state = adoption.state(environment);
        return new LedgerReport(
                state, false, receipts, state, adoption.isEmpty() ? null : adoption.describe(List.of()));
    }

    /**
     * What the register holds as applied though its receipt is gone: somebody deleted it. It does not run again.
     *
     * @return the sequence numbers, in order
     */
    public List<MigrationId> withoutReceipt() {
        return state.applied().stream()
                .map(AppliedMigration::id)
                .filter(id -> !receipts.contains(id))
                .toList();
    }

    /**
     * What has a receipt though the register does not hold it as applied: somebody put it there, or an owner was late. It
     * counts when its migration failed or was interrupted.
     *
     * @return the sequence numbers, in order
     */
    public List<MigrationId> withoutRecord() {
        return receipts.stream().filter(id -> state.applied(id).isEmpty()).toList();
    }
}
