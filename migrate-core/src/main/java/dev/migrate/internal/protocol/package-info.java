/**
 * Implements the protocol of a start and of a revert: claim, supervise, record, wait. Start at
 * {@link dev.migrate.internal.protocol.StartupProtocol}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.protocol;

import org.jspecify.annotations.NullMarked;
