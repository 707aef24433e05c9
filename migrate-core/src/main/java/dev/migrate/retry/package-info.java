/**
 * How long a loop waits before it asks again. Start with {@link dev.migrate.retry.Backoff}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.retry;

import org.jspecify.annotations.NullMarked;
