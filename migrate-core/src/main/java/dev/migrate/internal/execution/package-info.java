/**
 * Runs an action on a thread of its own. Start at
 * {@link dev.migrate.internal.execution.ActionExecution}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.execution;

import org.jspecify.annotations.NullMarked;
