/**
 * Decides which migrations are pending and whether the next one may run. Start at {@link dev.migrate.internal.plan.Plan}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.plan;

import org.jspecify.annotations.NullMarked;
