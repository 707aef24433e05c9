/**
 * Implements the stores that need only the JDK: in memory and in a folder. Start at {@link dev.migrate.internal.store.DirectoryObjectStore}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.store;

import org.jspecify.annotations.NullMarked;
