package dev.migrate.spring.discovery;

import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.SpringProperties;

/** What the context is being built for. Most often to run; if not, nothing may leave the process. */
public final class BuildPhase {

    private BuildPhase() {}

    /** Whether code is being generated from the context. */
    public static boolean isAot() {
        return SpringProperties.getFlag("spring.aot.processing");
    }

    /** Whether the process ends before anything starts, because it trains a class data archive. */
    public static boolean isTraining() {
        return DefaultLifecycleProcessor.ON_REFRESH_VALUE.equalsIgnoreCase(
                SpringProperties.getProperty(DefaultLifecycleProcessor.EXIT_PROPERTY_NAME));
    }
}
