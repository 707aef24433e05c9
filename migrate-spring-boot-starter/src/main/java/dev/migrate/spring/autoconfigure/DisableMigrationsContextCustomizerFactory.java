package dev.migrate.spring.autoconfigure;

import java.util.List;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Applies the {@link TestDefaults} to the tests of an application: a test must not migrate the environment that a configuration
 * file of the application names. A test enables migrations with {@code @SpringBootTest(properties = "migrate.enabled=true")}, or
 * in any other property source of its own: a file in its resources, or the file of a profile that it activates.
 */
final class DisableMigrationsContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return new Customizer();
    }

    /** A record, because equal customizers share a cached context. */
    private record Customizer() implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            Set<String> profiles = Set.of(merged == null ? new String[0] : merged.getActiveProfiles());
            TestDefaults.apply(
                    context.getEnvironment(),
                    TestDefaults.ALL,
                    (source, origin) -> TestDefaults.isFileOfProfile(origin, profiles));
        }
    }
}
