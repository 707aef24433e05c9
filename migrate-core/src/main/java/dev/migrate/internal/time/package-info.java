/**
 * Provides the clock of the protocol and the delays before retries. Start at
 * {@link dev.migrate.internal.time.TimeSource}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.time;

import org.jspecify.annotations.NullMarked;
