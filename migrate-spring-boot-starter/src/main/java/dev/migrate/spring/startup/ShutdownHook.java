package dev.migrate.spring.startup;

/**
 * Stops a run when the JVM shuts down. The context's own hook is not sufficient: it cannot close a context during its
 * refresh, and an application may disable it.
 */
final class ShutdownHook {

    private final Thread hook;

    /** Registers the hook. If the JVM is already shutting down, stops the run at once. */
    ShutdownHook(Runnable stop) {
        hook = new Thread(stop, "migrate-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            stop.run();
        }
    }

    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running or has run.
        }
    }
}
