package dev.migrate.run;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.ResumableAction;
import dev.migrate.ReversibleAction;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Progress;
import dev.migrate.ledger.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An action on a thread of its own. */
final class ThreadWork implements Work, MigrationContext {

    private final Thread thread;
    private final Bell bell;
    private volatile @Nullable String checkpoint;
    private volatile @Nullable Progress progress;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private volatile boolean cancelled;
    private volatile boolean leftBehind;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable String errorText;
    private volatile boolean ended;
    private volatile @Nullable Duration took;

    private ThreadWork(MigrationDefinition migration, Attempt attempt, @Nullable String checkpoint, Bell bell) {
        this.checkpoint = checkpoint;
        this.bell = bell;
        this.thread = new Thread(() -> run(migration, attempt), "migration-" + migration.id());
        // The runner waits for it; when the runner is gone, it must not keep a process alive.
        this.thread.setDaemon(true);
    }

    static ThreadWork start(MigrationDefinition migration, Attempt attempt, @Nullable String checkpoint, Bell bell) {
        ThreadWork work = new ThreadWork(migration, attempt, checkpoint, bell);
        work.thread.start();
        return work;
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it throws is its verdict
    private void run(MigrationDefinition migration, Attempt attempt) {
        long begun = Ticker.SYSTEM.nanos();
        try {
            OneCall.make(migration, attempt, () -> act(migration, attempt));
        } catch (Throwable e) {
            failure = e;
            // Here, not on the thread that beats: the exception's own code may take its time.
            errorText = ErrorText.of(e, true);
        } finally {
            took = Duration.ofNanos(Ticker.SYSTEM.nanos() - begun);
            ended = true;
            bell.ring();
        }
    }

    private void act(MigrationDefinition migration, Attempt attempt) throws Exception {
        MigrationAction action = migration.action();
        if (attempt.reverts()) {
            ((ReversibleAction) action).revert();
        } else if (action instanceof ResumableAction resumable) {
            resumable.migrate(this);
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
        return withMessage && text != null && cause == failure ? text : ErrorText.of(cause, withMessage);
    }

    @Override
    public @Nullable Duration took() {
        return took;
    }

    /**
     * The action itself may be what ends the process; then the end of the process must not wait for it. Inside System.exit
     * its thread never returns, so it has ended. A thread that closes the application goes on afterwards.
     */
    @Override
    public void cancel() {
        cancelled = true;
        if (Thread.currentThread() == thread) {
            leftBehind = true;
            bell.ring();
        } else if (!ended) {
            StackTraceElement[] stack = thread.getStackTrace();
            if (SystemExitException.isInside(stack)) {
                failure = new SystemExitException(stack);
                ended = true;
                bell.ring();
            }
        }
    }

    @Override
    public boolean leftBehind() {
        return leftBehind;
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
    public void checkpoint(String checkpoint) {
        int bytes = checkpoint.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_CHECKPOINT_BYTES) {
            throw new IllegalArgumentException("The checkpoint has " + bytes + " bytes of UTF-8; at most "
                    + MAX_CHECKPOINT_BYTES + " are kept. Save where to go on, not what was done.");
        }
        this.checkpoint = checkpoint;
    }

    @Override
    public void progress(long done, long total) {
        this.progress = new Progress(done, total);
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
