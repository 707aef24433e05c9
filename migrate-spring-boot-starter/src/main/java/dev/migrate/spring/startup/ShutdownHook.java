package dev.migrate.spring.startup;

/**
 * Ends a run when the process is asked to end, until it is removed. The context's own hook is not enough: the
 * context cannot be closed from outside while it is being refreshed, and an application may do without that hook.
 */
final class ShutdownHook {

    private final Thread hook;

    /** Registers the hook; where the process is ending already, ends the run at once. */
    ShutdownHook(Runnable stop) {
        hook = new Thread(stop, "migrate-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            stop.run();
        }
    }

    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // It runs, or has run, and is of no more use.
        }
    }
}
