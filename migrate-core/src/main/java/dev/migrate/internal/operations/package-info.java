/**
 * Implements the operator commands that read or change a ledger without running an action. Start at
 * {@link dev.migrate.internal.operations.LedgerOperations}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.operations;

import org.jspecify.annotations.NullMarked;
