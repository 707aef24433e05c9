package dev.migrate.spring.startup;

import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.MigrateProperties;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Logs one WARN when scheduled tasks or message listeners of the application work while a migration runs, is waited for
 * or blocks the startup. A startup with nothing pending logs none.
 */
public final class BackgroundWorkWarning implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(BackgroundWorkWarning.class);

    private final List<String> work;
    private final AtomicBoolean logged = new AtomicBoolean();

    private BackgroundWorkWarning(List<String> work) {
        this.work = work;
    }

    /** Returns the listener; null if nothing works in the background, or the migrations run before it starts. */
    public static @Nullable MigrationListener of(MigrateProperties properties, ConfigurableListableBeanFactory beans) {
        if (properties.mode() == MigrateProperties.Mode.ONCE
                || properties.start() != MigrateProperties.StartPhase.RUNNER) {
            return null;
        }
        List<String> work = BackgroundWork.in(beans);
        return work.isEmpty() ? null : new BackgroundWorkWarning(work);
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        warn();
    }

    @Override
    public void onWaiting(MigrationEvent.Waiting waiting) {
        warn();
    }

    @Override
    public void onBlocked(MigrationEvent.Blocked blocked) {
        warn();
    }

    @Override
    public void onLedgerUnreachable(MigrationEvent.LedgerUnreachable unreachable) {
        warn();
    }

    private void warn() {
        if (!logged.getAndSet(true)) {
            log.warn(
                    "The gate does not hold {}: they work before all migrations are applied. Set migrate.start=web to"
                            + " start them after the migrations.",
                    String.join(", ", work));
        }
    }
}
