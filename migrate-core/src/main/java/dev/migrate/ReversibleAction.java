package dev.migrate;

/**
 * An action that can be reverted.
 *
 * @since 0.1
 */
public interface ReversibleAction extends MigrationAction {

    /**
     * Reverts what {@link #migrate()} did. Called only when an operator asks for it, never by a start.
     *
     * @throws Exception if it failed
     */
    void revert() throws Exception;
}
