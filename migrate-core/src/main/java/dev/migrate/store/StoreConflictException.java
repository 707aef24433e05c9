package dev.migrate.store;

import org.jspecify.annotations.Nullable;

/**
 * The condition of a write did not hold, or another write got in its way. An earlier send of the same
 * write may still have succeeded, because its response may have been lost.
 *
 * @since 0.1
 */
public final class StoreConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the write.
     *
     * @param message which write of what
     * @param cause the cause, or null
     */
    public StoreConflictException(String message, @Nullable Throwable cause) {
        super(message, "Read the object and decide anew.", cause);
    }
}
