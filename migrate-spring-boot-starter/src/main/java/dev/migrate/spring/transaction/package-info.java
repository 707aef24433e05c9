/**
 * How the transactions of Spring and the checkpoints of a resumable migration fit together. Start with {@link
 * dev.migrate.spring.transaction.TransactionSupport}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.transaction;

import org.jspecify.annotations.NullMarked;
