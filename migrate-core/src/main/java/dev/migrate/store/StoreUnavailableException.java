package dev.migrate.store;

import org.jspecify.annotations.Nullable;

/**
 * The store gave no usable answer: it could not be reached, timed out, or failed. A write may have succeeded, or may
 * still succeed.
 *
 * @since 0.1
 */
public final class StoreUnavailableException extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the fault.
     *
     * @param message what was asked, and what came instead of an answer
     * @param cause the cause, or null
     */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        this(
                message,
                "Migrate retries automatically. If the error persists, check the network and the service.",
                cause);
    }

    /**
     * Names the fault, where more is known of what helps.
     *
     * @param message what was asked, and what came instead of an answer
     * @param action what to do, if it does not pass
     * @param cause the cause, or null
     */
    public StoreUnavailableException(String message, String action, @Nullable Throwable cause) {
        super(message, action, cause);
    }
}
