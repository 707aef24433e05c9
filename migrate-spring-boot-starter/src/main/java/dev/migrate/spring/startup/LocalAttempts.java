package dev.migrate.spring.startup;

import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import org.jspecify.annotations.Nullable;

/** Stores the last attempt of this process, to distinguish its own failure from an earlier one. */
final class LocalAttempts implements MigrationListener {

    private volatile @Nullable Attempt last;

    @Override
    public void onStarted(MigrationEvent.Started started) {
        last = started.attempt();
    }

    boolean include(BlockingVerdict verdict) {
        Attempt attempt = last;
        return attempt != null && attempt.token() != null && verdict.attempt().hasToken(attempt.token());
    }
}
