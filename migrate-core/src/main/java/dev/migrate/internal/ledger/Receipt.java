package dev.migrate.internal.ledger;

import dev.migrate.listener.AppliedMigration;

/**
 * An object named by a sequence number, as it was read.
 *
 * @param applied what it records about the migration
 * @param isStatusFile whether it is not a receipt of this library: a predecessor such as ODIN keeps one object that is named by
 *     the last number that ran, or somebody created the object by hand
 * @since 0.1
 */
public record Receipt(AppliedMigration applied, boolean isStatusFile) {}
