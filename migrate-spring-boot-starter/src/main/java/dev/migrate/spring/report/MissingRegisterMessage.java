package dev.migrate.spring.report;

import dev.migrate.internal.operations.LedgerReport;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a ledger without a register.
 *
 * @since 0.1
 */
public final class MissingRegisterMessage {

    private MissingRegisterMessage() {}

    /**
     * What there is to say.
     *
     * @param facts what was read
     * @return a sentence or more; null where there is a register
     */
    public static @Nullable String of(LedgerReport facts) {
        if (facts.exists()) {
            return null;
        }
        if (facts.receipts().isEmpty()) {
            return "There is no register yet: the first start creates it.";
        }
        return "This ledger has receipts but no register: it was lost, or another tool used this prefix. If it was lost, restore its"
                + " last version. Otherwise the next start creates one, and a migration that had failed or was interrupted would"
                + " run again." + (facts.adoption() == null ? "" : " " + facts.adoption());
    }
}
