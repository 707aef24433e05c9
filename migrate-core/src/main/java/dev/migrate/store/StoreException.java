package dev.migrate.store;

import dev.migrate.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * A request to a store failed.
 *
 * @since 0.1
 */
public abstract sealed class StoreException extends MigrationException
        permits StoreConflictException, NonTransientStoreException, StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    StoreException(String message, String action, @Nullable Throwable cause) {
        super(message, action, cause);
    }
}
