package dev.migrate.run;

import dev.migrate.ledger.Progress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An action of which a test says what it is doing. */
final class PlayedWork implements Work {

    final MigrationDefinition migration;
    boolean ended;
    int cancels;
    int interrupts;

    @Nullable
    Throwable failure;

    @Nullable
    String checkpoint;

    @Nullable
    Progress progress;

    PlayedWork(MigrationDefinition migration, @Nullable String checkpoint) {
        this.migration = migration;
        this.checkpoint = checkpoint;
    }

    void fail(Throwable cause) {
        failure = cause;
        ended = true;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public @Nullable Duration took() {
        return null;
    }

    @Override
    public void cancel() {
        cancels++;
    }

    @Override
    public void interrupt() {
        interrupts++;
    }

    @Override
    public boolean interrupted() {
        return interrupts > 0;
    }

    @Override
    public Optional<String> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }

    @Override
    public @Nullable Progress progress() {
        return progress;
    }
}
