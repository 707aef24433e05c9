/**
 * Holds the state of the ledger, its transitions, and the protocol for reading and writing it. Start at
 * {@link dev.migrate.internal.ledger.LedgerState}, then {@link dev.migrate.internal.ledger.RegisterRepository}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.ledger;

import org.jspecify.annotations.NullMarked;
