package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.ActionExecution;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An action of which a test says what it is doing. */
final class ScriptedExecution implements ActionExecution {

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

    ScriptedExecution(MigrationDefinition migration, @Nullable String checkpoint) {
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
    public @Nullable Duration elapsed() {
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
    public Optional<String> lastCheckpoint() {
        return Optional.ofNullable(checkpoint);
    }

    @Override
    public @Nullable Progress progress() {
        return progress;
    }
}
