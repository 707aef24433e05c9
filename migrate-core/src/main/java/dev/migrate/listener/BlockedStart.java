package dev.migrate.listener;

import dev.migrate.internal.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * Why a startup is blocked, and the action to take.
 *
 * @param description what happened, to what, and why
 * @param action what to do now
 * @param verdict the verdict that blocks; null when the ledger itself refuses
 * @since 0.1
 */
public record BlockedStart(String description, String action, @Nullable BlockingVerdict verdict) {

    /** Makes the texts printable: they may quote text from outside. */
    public BlockedStart {
        description = ForeignText.printable(description);
        action = ForeignText.printable(action);
    }
}
