/**
 * What a listener receives: the events of a run, and the values that they carry. Start at
 * {@link dev.migrate.listener.MigrationListener}.
 *
 * <p>Supported API.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.listener;

import org.jspecify.annotations.NullMarked;
