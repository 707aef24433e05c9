package dev.migrate;

/**
 * An action that continues from its last checkpoint when it is started again. Use it for long-running work.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ResumableAction extends MigrationAction {

    /**
     * Does the operation, from {@link MigrationContext#lastCheckpoint() the last checkpoint} on.
     *
     * @param context reads and saves checkpoints, reports progress, and tells whether to stop
     * @throws Exception if it failed
     */
    void migrate(MigrationContext context) throws Exception;

    /**
     * Runs the whole operation without a runner, for example in a unit test. It starts without a checkpoint and saves none.
     */
    @Override
    default void migrate() throws Exception {
        migrate(NoOpMigrationContext.INSTANCE);
    }
}
