package dev.migrate.store;

import org.jspecify.annotations.Nullable;

/**
 * The store refused a request, and refuses every retry until somebody fixes the cause: access denied, no such bucket, wrong
 * region. Nothing was written.
 *
 * @since 0.1
 */
public final class NonTransientStoreException extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the refusal.
     *
     * @param message what was refused, and why
     * @param action how to fix it
     * @param cause the cause, or null
     */
    public NonTransientStoreException(String message, String action, @Nullable Throwable cause) {
        super(message, action, cause);
    }
}
