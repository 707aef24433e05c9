package dev.migrate.internal.ledger;

import dev.migrate.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that cannot be used: unreadable, of a later format, of another environment, gone, or on a store that
 * ignores conditional writes. Migrate leaves it unchanged.
 *
 * @since 0.1
 */
public final class LedgerException extends MigrationException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the fault.
     *
     * @param message what is wrong with which ledger
     * @param action what to do now
     */
    public LedgerException(String message, String action) {
        this(message, action, null);
    }

    /**
     * A name of an object as a message can show it: bounded, and without control characters.
     *
     * @param name the name
     * @return the name to show
     */
    public static String printable(String name) {
        return JsonFields.shown(name);
    }

    LedgerException(String message, String action, @Nullable Throwable cause) {
        super(message, action, cause);
    }
}
