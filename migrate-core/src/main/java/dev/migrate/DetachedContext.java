package dev.migrate;

import java.util.Optional;

/** The context of an action that no runner runs. */
enum DetachedContext implements MigrationContext {
    INSTANCE;

    @Override
    public Optional<String> checkpoint() {
        return Optional.empty();
    }

    @Override
    public void checkpoint(String checkpoint) {}

    @Override
    public void progress(long done, long total) {}

    @Override
    public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }
}
