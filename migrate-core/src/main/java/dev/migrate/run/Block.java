package dev.migrate.run;

import dev.migrate.ledger.Halted;
import dev.migrate.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * Why a start is blocked, and the way out.
 *
 * @param reason what happened, to what, and why
 * @param wayOut what to do now
 * @param halted the verdict that blocks; null when the ledger itself refuses
 * @since 0.1
 */
public record Block(String reason, String wayOut, @Nullable Halted halted) {

    /** Makes the texts printable: they may tell what others wrote. */
    public Block {
        reason = ForeignText.printable(reason);
        wayOut = ForeignText.printable(wayOut);
    }
}
