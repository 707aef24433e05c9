/**
 * What a run reports: its events, the description of a blocked start, the summary of an error. Start at
 * {@code EventPublisher}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.reporting;

import org.jspecify.annotations.NullMarked;
