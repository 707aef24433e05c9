package dev.migrate;

/**
 * A one-time operation. It accepts nothing and returns nothing: returning normally means that it is done for good,
 * throwing means that it failed.
 *
 * <p>The action runs on a thread of its own, under a claim in the ledger. That thread is interrupted only when the
 * process was asked to end and its grace has passed, or when a {@linkplain Migration#rerunnable() rerunnable} action
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
