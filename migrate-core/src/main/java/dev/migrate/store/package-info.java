/**
 * The objects a ledger is kept in: the interface of a store, and the stores that need nothing but the JDK.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.store;

import org.jspecify.annotations.NullMarked;
