package dev.migrate.spring;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.listener.Attempt;

/**
 * Stands around the action of every attempt that this process makes, such as with a span of a trace. One bean of it is
 * used; a bean of the application takes the place of the starter's own.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ActionInterceptor {

    /**
     * Calls the action of an attempt, on the thread that runs it. What this does or throws besides changes nothing of
     * what the attempt comes to.
     *
     * @param environment the environment that is migrated
     * @param attempt the attempt
     * @param action makes the action and runs it, once
     * @throws Exception what the action throws
     */
    void intercept(EnvironmentName environment, Attempt attempt, MigrationDefinition.ActionCall action)
            throws Exception;
}
