package dev.migrate.internal.ledger;

/**
 * The register as it was read or written.
 *
 * @param state what it says
 * @param version the store's version of it
 * @since 0.1
 */
public record VersionedState(LedgerState state, String version) {}
