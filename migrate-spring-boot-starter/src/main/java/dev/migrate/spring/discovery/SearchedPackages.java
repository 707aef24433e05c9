package dev.migrate.spring.discovery;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * The packages that are searched for migrations.
 *
 * @param configured the packages of the properties, whose classes no filter excludes
 * @param application the packages of the auto-configuration
 * @param componentScans the component scans of the application
 */
record SearchedPackages(List<String> configured, List<String> application, ComponentScanPackages componentScans) {

    private static final Logger log = LoggerFactory.getLogger(SearchedPackages.class);

    static SearchedPackages of(DefaultListableBeanFactory beans, Environment environment, ResourceLoader resources) {
        List<String> only = property("migrate.packages-only", environment);
        List<String> added = property("migrate.packages", environment);
        Set<String> configured = new LinkedHashSet<>(only);
        configured.addAll(added);
        var searched = new SearchedPackages(
                List.copyOf(configured),
                only.isEmpty() && AutoConfigurationPackages.has(beans)
                        ? List.copyOf(AutoConfigurationPackages.get(beans))
                        : List.of(),
                only.isEmpty()
                        ? ComponentScanPackages.of(beans, environment, resources)
                        : ComponentScanPackages.none());
        if (searched.all().isEmpty()) {
            log.warn("No package is scanned for migrations: the application has no @EnableAutoConfiguration class."
                    + " Set migrate.packages.");
        }
        return searched;
    }

    private static List<String> property(String name, Environment environment) {
        return Binder.get(environment).bind(name, Bindable.listOf(String.class)).orElse(List.of());
    }

    /** Every package once, without those that lie in another. */
    List<String> all() {
        Set<String> all = new LinkedHashSet<>(configured);
        all.addAll(application);
        all.addAll(componentScans.packages());
        return all.stream()
                .filter(name -> all.stream().noneMatch(other -> name.startsWith(other + ".")))
                .toList();
    }

    /** The packages that are known without the component scans, which AOT-generated code does not contain. */
    List<String> withoutComponentScans() {
        Set<String> known = new LinkedHashSet<>(configured);
        known.addAll(application);
        return List.copyOf(known);
    }

    /** Whether the filters of the component scans exclude a class. */
    boolean exclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        String className = reader.getClassMetadata().getClassName();
        return configured.stream().noneMatch(name -> ComponentScanPackages.isBelow(name, className))
                && componentScans.exclude(reader, factory);
    }
}
