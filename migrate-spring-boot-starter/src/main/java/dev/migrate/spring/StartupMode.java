package dev.migrate.spring;

/**
 * A mode of {@code migrate.mode} that replaces the normal run of pending migrations.
 *
 * @since 0.1
 */
public interface StartupMode {

    /**
     * Returns the mode.
     *
     * @return the value of {@code migrate.mode} that selects this implementation
     */
    MigrateProperties.Mode mode();

    /**
     * Runs the mode on a separate thread. If the process shuts down while no runner is active, that thread is
     * interrupted.
     *
     * @param context the context of this startup
     * @throws RuntimeException to fail the startup
     */
    void run(StartupContext context);
}
