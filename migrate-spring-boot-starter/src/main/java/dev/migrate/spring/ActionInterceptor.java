package dev.migrate.spring;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.listener.Attempt;

/**
 * Runs code around the action of every attempt of this process, for example to record a span. At most one bean of this
 * type is used. A bean of the application replaces the starter's own, which records an observation.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ActionInterceptor {

    /**
     * Calls the action of an attempt exactly once, on the thread that runs the action. Only the action itself decides
     * the outcome of the attempt; an exception of the interceptor does not.
     *
     * @param environment the environment of the run
     * @param attempt the attempt
     * @param action creates the action and runs it; call it once
     * @throws Exception the exception of the action, rethrown
     */
    void intercept(EnvironmentName environment, Attempt attempt, MigrationDefinition.ActionCall action)
            throws Exception;
}
