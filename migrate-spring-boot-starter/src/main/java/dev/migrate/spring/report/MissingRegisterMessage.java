package dev.migrate.spring.report;

import dev.migrate.internal.operations.LedgerReport;
import org.jspecify.annotations.Nullable;

/**
 * The message about a ledger without a register.
 *
 * @since 0.1
 */
public final class MissingRegisterMessage {

    private MissingRegisterMessage() {}

    /**
     * Returns the message.
     *
     * @param ledger the report on the ledger
     * @return a sentence or more; null if there is a register
     */
    public static @Nullable String of(LedgerReport ledger) {
        if (ledger.exists()) {
            return null;
        }
        if (ledger.receipts().isEmpty()) {
            return "There is no register yet: the first start creates it.";
        }
        return "This ledger has receipts but no register: it was lost, or another tool used this prefix. If it was lost, restore its"
                + " last version. Otherwise the next start creates one, and a migration that had failed or was interrupted would"
                + " run again." + (ledger.adoption() == null ? "" : " " + ledger.adoption());
    }
}
