package dev.migrate.internal.operations;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.protocol.Adoption;
import dev.migrate.listener.AppliedMigration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a ledger, for an operator.
 *
 * @param state what the register says; where there is none, what the receipts say
 * @param exists whether there is a register
 * @param receipts the sequence numbers that have a receipt, in order
 * @param reconciled the state that the next start works with: a receipt that shows how an attempt ended replaces its verdict
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
     * A report in which no receipt changes the state.
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
     * Migrations that the register records as applied although their receipts were deleted. They do not run again.
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
     * Migrations that have a receipt although the register does not record them as applied: a person created the receipt, or an
     * owner was late. The receipt takes effect only if the migration failed or was interrupted.
     *
     * @return the sequence numbers, in order
     */
    public List<MigrationId> withoutRecord() {
        return receipts.stream().filter(id -> state.applied(id).isEmpty()).toList();
    }
}
