package dev.migrate.spring;

import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationListener;
import org.jspecify.annotations.Nullable;

/** Remembers the last attempt of this process, to tell a failure of its own from an earlier one. */
final class OwnAttempts implements MigrationListener {

    private volatile @Nullable Attempt last;

    @Override
    public void onStarted(MigrationEvent.Started started) {
        last = started.attempt();
    }

    boolean include(Halted halted) {
        Attempt mine = last;
        return mine != null && mine.token() != null && halted.attempt().has(mine.token());
    }
}
