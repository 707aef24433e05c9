package dev.migrate;

import java.util.Optional;

/** The context of an action that no runner runs. */
enum NoOpMigrationContext implements MigrationContext {
    INSTANCE;

    @Override
    public Optional<String> lastCheckpoint() {
        return Optional.empty();
    }

    @Override
    public void saveCheckpoint(String checkpoint) {}

    @Override
    public void reportProgress(long done, long total) {}

    @Override
    public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }
}
