package dev.migrate.listener;

import dev.migrate.internal.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * Why a start is blocked, and the way out.
 *
 * @param description what happened, to what, and why
 * @param action what to do now
 * @param verdict the verdict that blocks; null when the ledger itself refuses
 * @since 0.1
 */
public record BlockedStart(String description, String action, @Nullable BlockingVerdict verdict) {

    /** Makes the texts printable: they may tell what others wrote. */
    public BlockedStart {
        description = ForeignText.printable(description);
        action = ForeignText.printable(action);
    }
}
