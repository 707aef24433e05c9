package dev.migrate.spring.autoconfigure;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.origin.Origin;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.StandardEnvironment;

/**
 * Disables migrations where a test calls {@code SpringApplication.run} itself. The test enables migrations with {@code
 * migrate.enabled=true} as an argument, a default or system property, or in a file of its resources; the application's own
 * files and the environment variables do not.
 */
final class JUnitEnvironmentListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** The test engines, and what Spring's own test support does by {@link DisableMigrationsContextCustomizerFactory}. */
    private static final Set<String> TEST_ENGINES = Set.of("org.junit.platform.", "org.junit.runners.", "org.testng.");

    private static final String SPRING_TEST = "org.springframework.test.context.";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (isCalledFrom(TEST_ENGINES) && !isCalledFrom(Set.of(SPRING_TEST))) {
            TestDefaults.apply(event.getEnvironment(), TestDefaults.DISABLED, JUnitEnvironmentListener::isOfTest);
        }
    }

    private static boolean isOfTest(String source, @Nullable Origin origin) {
        return !source.equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                && !TestDefaults.isFile(origin);
    }

    private static boolean isCalledFrom(Set<String> packages) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> packages.stream().anyMatch(frame.getClassName()::startsWith)));
    }

    /** After the files of the application are read. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 15;
    }
}
