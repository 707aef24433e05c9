/**
 * Stores the ledger's objects in Amazon S3, or in a compatible server that honours conditional writes. Start at
 * {@link dev.migrate.s3.S3ObjectStore}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.s3;

import org.jspecify.annotations.NullMarked;
