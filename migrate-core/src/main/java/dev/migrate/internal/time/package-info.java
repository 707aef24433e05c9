/**
 * The clock that the protocol reads, and how long a loop waits before it retries. Start at
 * {@link dev.migrate.internal.time.TimeSource}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.time;

import org.jspecify.annotations.NullMarked;
