package dev.migrate.spring.autoconfigure;

import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;

/**
 * The defaults of the migrations in a test: they are disabled, their ledger is in memory, and a failed one ends the start. They
 * take precedence over the configuration of the application, but not over that of the test.
 */
final class TestDefaults {

    private static final String NAME = "migrateTestDefaults";

    static final Map<String, Object> DISABLED = Map.of("migrate.enabled", false);

    static final Map<String, Object> ALL =
            Map.of("migrate.enabled", false, "migrate.ledger", "memory:", "migrate.on-failure", "exit");

    /** What the build tools name the folders into which they copy the resources of the tests. */
    private static final List<String> TEST_FOLDERS =
            List.of("/test-classes/", "/resources/test/", "/out/test/", "/bin/test/");

    private TestDefaults() {}

    /**
     * Adds the defaults to an environment. Where the test sets a property, its value takes the place of the default, so that
     * neither an environment variable nor a system property overrides a file of the test.
     *
     * @param environment the environment, with the configuration files read
     * @param values the defaults
     * @param ofTest whether a source, whose name comes first, with a property of this origin belongs to the test; files
     *     in the test's own folders do anyway
     */
    static void apply(
            ConfigurableEnvironment environment,
            Map<String, Object> values,
            BiPredicate<String, @Nullable Origin> ofTest) {
        MutablePropertySources sources = environment.getPropertySources();
        Map<String, Object> defaults = new HashMap<>(values);
        defaults.replaceAll((property, value) -> {
            ConfigurationProperty own = setByTest(sources, property, ofTest);
            return own == null ? value : own.getValue();
        });
        var source = new MapPropertySource(NAME, defaults);
        // What comes before the system's properties is the test's own; the application's files come after.
        if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
            sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, source);
        } else {
            sources.addLast(source);
        }
    }

    private static @Nullable ConfigurationProperty setByTest(
            MutablePropertySources sources, String property, BiPredicate<String, @Nullable Origin> ofTest) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        for (PropertySource<?> source : sources) {
            ConfigurationProperty found = ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)
                    ? null
                    : find(source, name);
            if (found != null && (isTestFile(found.getOrigin()) || ofTest.test(source.getName(), found.getOrigin()))) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable ConfigurationProperty find(PropertySource<?> source, ConfigurationPropertyName name) {
        ConfigurationPropertySource adapted = ConfigurationPropertySource.from(source);
        return adapted == null ? null : adapted.getConfigurationProperty(name);
    }

    private static boolean isTestFile(@Nullable Origin origin) {
        return location(origin).anyMatch(url -> TEST_FOLDERS.stream().anyMatch(url::contains));
    }

    /** Whether a property comes from the file of one of these profiles, such as {@code application-test.yml}. */
    static boolean isFileOfProfile(@Nullable Origin origin, Set<String> profiles) {
        return location(origin).anyMatch(url -> profiles.stream()
                .anyMatch(profile -> url.matches(".*-\\Q" + profile + "\\E\\.\\w+$")));
    }

    /** Whether a property comes from a configuration file. */
    static boolean isFile(@Nullable Origin origin) {
        return resource(origin) != null;
    }

    private static Stream<String> location(@Nullable Origin origin) {
        Resource resource = resource(origin);
        return resource == null ? Stream.empty() : Stream.ofNullable(url(resource));
    }

    private static @Nullable Resource resource(@Nullable Origin origin) {
        Origin from = origin;
        while (from != null) {
            if (from instanceof TextResourceOrigin text && text.getResource() != null) {
                return text.getResource();
            }
            // The origin of a property of Spring's environment wraps that of the file.
            from = from instanceof OriginProvider provider ? provider.getOrigin() : from.getParent();
        }
        return null;
    }

    private static @Nullable String url(Resource resource) {
        try {
            URL url = resource.getURL();
            return url.toString();
        } catch (java.io.IOException e) {
            return null; // a resource without an address is no file of the test
        }
    }
}
