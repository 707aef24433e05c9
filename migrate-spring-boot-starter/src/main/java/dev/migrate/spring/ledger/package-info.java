/**
 * Opens the store that {@code migrate.ledger} names. Start at {@code ObjectStoreFactory}.
 *
 * <p>Internal: may change without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.ledger;

import org.jspecify.annotations.NullMarked;
