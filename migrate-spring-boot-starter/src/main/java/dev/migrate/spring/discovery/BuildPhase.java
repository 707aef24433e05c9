package dev.migrate.spring.discovery;

import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.SpringProperties;

/**
 * Tells whether the context is created for AOT processing or CDS training instead of a real start. Neither may access
 * the ledger.
 */
public final class BuildPhase {

    private BuildPhase() {}

    /** Whether AOT processing generates code from the context. */
    public static boolean isAot() {
        return SpringProperties.getFlag("spring.aot.processing");
    }

    /** Whether the process exits after the context refresh, as in a CDS training run. */
    public static boolean isTraining() {
        return DefaultLifecycleProcessor.ON_REFRESH_VALUE.equalsIgnoreCase(
                SpringProperties.getProperty(DefaultLifecycleProcessor.EXIT_PROPERTY_NAME));
    }
}
