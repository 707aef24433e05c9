package dev.migrate.spring;

/**
 * What a start does in a mode of its own, in place of running what is pending.
 *
 * @since 0.1
 */
public interface StartupMode {

    /**
     * The mode.
     *
     * @return the value of {@code migrate.mode} that asks for this
     */
    MigrateProperties.Mode mode();

    /**
     * Does it, on a thread of its own, which is interrupted when the process is asked to end while no runner runs.
     *
     * @param place where it is done
     * @throws RuntimeException to fail the start
     */
    void run(StartupContext place);
}
