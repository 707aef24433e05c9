package dev.migrate.spring.startup;

import dev.migrate.spring.MigrateProperties;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the migrations for {@code migrate.start=early}: before every other lifecycle bean, such as the web server,
 * schedulers and message listeners. On shutdown, {@link #start} throws, so the refresh fails and the context closes.
 */
public final class MigrationLifecycle implements SmartLifecycle {

    private final MigrationStartup startup;
    private volatile boolean running;

    public MigrationLifecycle(MigrationStartup startup) {
        this.startup = startup;
    }

    @Override
    public void start() {
        running = true;
        startup.launch(MigrateProperties.StartPhase.EARLY);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
