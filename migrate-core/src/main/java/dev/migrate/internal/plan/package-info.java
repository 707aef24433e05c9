/**
 * Decides what is pending and whether it may run. Start at {@code Plan}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.plan;

import org.jspecify.annotations.NullMarked;
