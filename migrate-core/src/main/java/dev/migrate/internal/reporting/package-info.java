/**
 * Publishes the events of a run and describes a blocked startup. Start at
 * {@link dev.migrate.internal.reporting.EventPublisher}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.reporting;

import org.jspecify.annotations.NullMarked;
