package dev.migrate.internal.execution;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.ResumableAction;
import dev.migrate.ReversibleAction;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An action on a thread of its own. */
public final class ThreadActionExecution implements ActionExecution, MigrationContext {

    private final Thread thread;
    private final Waiter waiter;
    private volatile @Nullable String checkpoint;
    private volatile @Nullable Progress progress;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private volatile boolean cancelled;
    private volatile boolean shutsDownApplication;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable String errorText;
    private volatile boolean ended;
    private volatile @Nullable Duration elapsed;

    private ThreadActionExecution(
            MigrationDefinition migration, Attempt attempt, @Nullable String checkpoint, Waiter waiter) {
        this.checkpoint = checkpoint;
        this.waiter = waiter;
        this.thread = new Thread(() -> run(migration, attempt), "migration-" + migration.id());
        // The runner waits for it; when the runner is gone, it must not keep a process alive.
        this.thread.setDaemon(true);
    }

    public static ThreadActionExecution start(
            MigrationDefinition migration, Attempt attempt, @Nullable String checkpoint, Waiter waiter) {
        ThreadActionExecution work = new ThreadActionExecution(migration, attempt, checkpoint, waiter);
        work.thread.start();
        return work;
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it throws is its verdict
    private void run(MigrationDefinition migration, Attempt attempt) {
        long begun = TimeSource.SYSTEM.monotonicNanos();
        try {
            ActionInvocation.invokeOnce(migration, attempt, () -> execute(migration, attempt));
        } catch (Throwable e) {
            failure = e;
            // Here, not on the thread that sends heartbeats: the exception's own code may be slow.
            errorText = ErrorSummary.of(e, true);
        } finally {
            elapsed = Duration.ofNanos(TimeSource.SYSTEM.monotonicNanos() - begun);
            ended = true;
            waiter.wake();
        }
    }

    private void execute(MigrationDefinition migration, Attempt attempt) throws Exception {
        MigrationAction action = migration.action();
        if (attempt.isRevert()) {
            ((ReversibleAction) action).revert();
        } else if (action instanceof ResumableAction resumable) {
            resumable.migrate(migration.contextFor(this));
        } else {
            action.migrate();
        }
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
    public String errorText(Throwable cause, boolean withMessage) {
        String text = errorText;
        return withMessage && text != null && cause == failure ? text : ErrorSummary.of(cause, withMessage);
    }

    @Override
    public @Nullable Duration elapsed() {
        return elapsed;
    }

    /**
     * The action itself may be what ends the process; then the end of the process must not wait for it. Inside System.exit
     * its thread never returns, so it has ended. A thread that closes the application goes on afterwards.
     */
    @Override
    public void cancel() {
        cancelled = true;
        if (Thread.currentThread() == thread) {
            shutsDownApplication = true;
            waiter.wake();
        } else if (!ended) {
            StackTraceElement[] stack = thread.getStackTrace();
            if (SystemExitException.isInside(stack)) {
                failure = new SystemExitException(stack);
                ended = true;
                waiter.wake();
            }
        }
    }

    @Override
    public boolean shutsDownApplication() {
        return shutsDownApplication;
    }

    @Override
    public void interrupt() {
        // A second interrupt could hit what the action does to clean up.
        if (interrupted.compareAndSet(false, true)) {
            thread.interrupt();
        }
    }

    @Override
    public boolean interrupted() {
        return interrupted.get();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void saveCheckpoint(String checkpoint) {
        CheckpointLimit.check(checkpoint);
        this.checkpoint = checkpoint;
    }

    @Override
    public void reportProgress(long done, long total) {
        this.progress = new Progress(done, total);
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
