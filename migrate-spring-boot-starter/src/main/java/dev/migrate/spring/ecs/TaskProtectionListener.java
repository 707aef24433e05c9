package dev.migrate.spring.ecs;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the task of this process from being chosen when its service scales in, while an action runs here. It is an
 * attempt: without it a migration is interrupted as by any other end of the process.
 *
 * @since 0.1
 */
public final class TaskProtectionListener implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(TaskProtectionListener.class);
    /** Short, since it can hold up a deployment after a crash. */
    private static final Duration EXPIRY = Duration.ofMinutes(5);

    private static final long RENEWED_AFTER = EXPIRY.dividedBy(2).toNanos();

    private final TaskProtection protection;
    private final TimeSource timeSource;
    private boolean isProtected;
    private boolean warned;
    private long askedAt;

    /**
     * Guards a task.
     *
     * @param protection where to ask
     * @param timeSource when to ask again
     */
    public TaskProtectionListener(TaskProtection protection, TimeSource timeSource) {
        this.protection = protection;
        this.timeSource = timeSource;
    }

    @Override
    public void onStarted(MigrationEvent.Started event) {
        protect();
    }

    @Override
    public void onProgressReported(MigrationEvent.ProgressReported event) {
        if (timeSource.monotonicNanos() - askedAt >= RENEWED_AFTER) {
            protect();
        }
    }

    @Override
    public void onCompleted(MigrationEvent.Completed event) {
        release();
    }

    @Override
    public void onAttemptFailed(MigrationEvent.AttemptFailed event) {
        release();
    }

    @Override
    public void onBlocked(MigrationEvent.Blocked event) {
        release();
    }

    private void protect() {
        askedAt = timeSource.monotonicNanos();
        try {
            protection.protect(EXPIRY);
            isProtected = true;
        } catch (IOException | IllegalArgumentException e) {
            if (!warned) {
                warned = true;
                log.info(
                        "The task is not protected from scale-in while a migration runs (ecs:UpdateTaskProtection is"
                                + " needed, and a task of a service): {}",
                        ForeignText.safe(String.valueOf(e.getMessage())));
            }
        }
    }

    private void release() {
        if (!isProtected) {
            return;
        }
        isProtected = false;
        try {
            protection.release();
        } catch (IOException | IllegalArgumentException e) {
            log.info(
                    "The protection of the task from scale-in ends in {} min: {}",
                    EXPIRY.toMinutes(),
                    ForeignText.safe(String.valueOf(e.getMessage())));
        }
    }
}
