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
     * @param context the place for checkpoints and progress
     * @throws Exception if it failed
     */
    void migrate(MigrationContext context) throws Exception;

    /**
     * Does the whole operation outside a runner, as a unit test would: there is no checkpoint, and none is kept.
     */
    @Override
    default void migrate() throws Exception {
        migrate(NoOpMigrationContext.INSTANCE);
    }
}
