package dev.migrate.spring.startup;

import dev.migrate.spring.MigrateProperties;
import org.springframework.context.SmartLifecycle;

/**
 * The moment {@code migrate.start=early}: before every other lifecycle, so before a web server, a scheduler or a
 * message listener starts. When the process is asked to end, this throws, the refresh fails, and the context closes.
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
