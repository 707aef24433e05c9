package dev.migrate;

/**
 * An action that can be reverted.
 *
 * @since 0.1
 */
public interface ReversibleAction extends MigrationAction {

    /**
     * Reverts what {@link #migrate()} did. Only the operator command {@code revert} calls it; a start never does.
     *
     * @throws Exception if it failed
     */
    void revert() throws Exception;
}
