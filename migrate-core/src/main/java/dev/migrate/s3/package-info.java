/**
 * The ledger's objects in Amazon S3, or in a server that speaks its language and honours conditional writes.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.s3;

import org.jspecify.annotations.NullMarked;
