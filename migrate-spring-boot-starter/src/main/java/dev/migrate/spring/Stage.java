package dev.migrate.spring;

import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.SpringProperties;

/** What the context is being built for. Most often to run; if not, nothing may leave the process. */
final class Stage {

    private Stage() {}

    /** Whether code is being generated from the context. */
    static boolean isAheadOfTime() {
        return SpringProperties.getFlag("spring.aot.processing");
    }

    /** Whether the process ends before anything starts, because it trains a class data archive. */
    static boolean isTraining() {
        return DefaultLifecycleProcessor.ON_REFRESH_VALUE.equalsIgnoreCase(
                SpringProperties.getProperty(DefaultLifecycleProcessor.EXIT_PROPERTY_NAME));
    }
}
