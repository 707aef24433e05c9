/**
 * What ran: the register, its state and transitions, and the rule by which every write to it is settled.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.ledger;

import org.jspecify.annotations.NullMarked;
