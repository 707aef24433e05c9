package dev.migrate.spring.startup;

import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import org.jspecify.annotations.Nullable;

/** Remembers the last attempt of this process, to tell a failure of its own from an earlier one. */
final class LocalAttempts implements MigrationListener {

    private volatile @Nullable Attempt last;

    @Override
    public void onStarted(MigrationEvent.Started started) {
        last = started.attempt();
    }

    boolean include(BlockingVerdict halted) {
        Attempt mine = last;
        return mine != null && mine.token() != null && halted.attempt().hasToken(mine.token());
    }
}
