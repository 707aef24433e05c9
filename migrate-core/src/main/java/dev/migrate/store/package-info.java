/**
 * The interface of a store for the objects of a ledger, and its exceptions. Start at
 * {@link dev.migrate.store.ObjectStore}.
 *
 * <p>Supported API.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.store;

import org.jspecify.annotations.NullMarked;
