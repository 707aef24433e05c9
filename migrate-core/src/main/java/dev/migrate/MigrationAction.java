package dev.migrate;

/**
 * A one-time operation. It accepts nothing and returns nothing: a normal return means success, an
 * exception means failure.
 *
 * <p>The action runs on a thread of its own, under a claim in the ledger. Migrate interrupts that thread only when the
 * process shuts down and the shutdown grace has passed, or when a {@linkplain Migration#rerunnable() rerunnable} action
 * has lost its claim.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface MigrationAction {

    /**
     * Does the operation.
     *
     * @throws Exception if it failed; its class and message are kept in the ledger, and the start is blocked
     */
    void migrate() throws Exception;
}
