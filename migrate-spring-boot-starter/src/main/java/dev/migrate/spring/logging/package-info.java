/**
 * Writes the log and the progress of a run. Start at {@code MigrationLog}.
 *
 * <p>Internal: may change without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.logging;

import org.jspecify.annotations.NullMarked;
