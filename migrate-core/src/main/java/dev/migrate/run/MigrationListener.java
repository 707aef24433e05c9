package dev.migrate.run;

/**
 * Is told what a runner does. A listener that throws changes no outcome: the runner logs it and goes on.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface MigrationListener {

    /**
     * Something happened. Called on the runner's thread, one event at a time; a listener that takes long holds up the
     * beats that keep the claim.
     *
     * @param event what happened
     */
    void on(MigrationEvent event);
}
