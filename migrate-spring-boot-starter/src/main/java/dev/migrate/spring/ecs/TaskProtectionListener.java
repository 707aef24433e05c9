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
 * Protects the ECS task of this process from scale-in while an action runs. This is best effort: if it fails, scale-in
 * interrupts a migration like any other shutdown.
 *
 * @since 0.1
 */
public final class TaskProtectionListener implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(TaskProtectionListener.class);
    /** Short, because protection left by a crash can delay a deployment. */
    private static final Duration EXPIRY = Duration.ofMinutes(5);

    private static final long RENEWAL_NANOS = EXPIRY.dividedBy(2).toNanos();

    private final TaskProtection protection;
    private final TimeSource timeSource;
    private boolean isProtected;
    private boolean warned;
    private long requestedAt;

    /**
     * Creates the listener.
     *
     * @param protection the client of the endpoint
     * @param timeSource the clock that schedules renewals
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
        if (timeSource.monotonicNanos() - requestedAt >= RENEWAL_NANOS) {
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
        requestedAt = timeSource.monotonicNanos();
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
