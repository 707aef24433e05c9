package dev.migrate.spring;

import org.springframework.context.SmartLifecycle;

/**
 * The moment {@code migrate.start=early}: before every other lifecycle, so before a web server, a scheduler or a
 * message listener starts.
 *
 * <p>The context cannot be closed from outside while it is being refreshed, so a hook of our own ends the run when the
 * process is asked to end; then this throws, the refresh fails, and the context closes.
 */
final class StartEarly implements SmartLifecycle {

    private final MigrationStartup startup;
    private volatile boolean running;

    StartEarly(MigrationStartup startup) {
        this.startup = startup;
    }

    @Override
    public void start() {
        running = true;
        Thread hook = new Thread(startup::stop, "migrate-shutdown");
        if (!register(hook)) {
            startup.stop();
        }
        try {
            startup.launch(MigrateProperties.Start.EARLY);
        } finally {
            remove(hook);
        }
    }

    private static boolean register(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException alreadyEnding) {
            return false;
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // It runs, or has run, and is of no more use.
        }
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
