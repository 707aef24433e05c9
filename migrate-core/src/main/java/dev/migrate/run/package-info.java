/**
 * Running what is pending: from the first read of the ledger to serving, or to a blocked start.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.run;

import org.jspecify.annotations.NullMarked;
