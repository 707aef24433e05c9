package dev.migrate.spring.discovery;

import dev.migrate.Migration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Finds the classes that are annotated with {@link Migration}, by reading class files: none is loaded. Their
 * conditions and profiles are evaluated by Spring, against the real registry.
 */
final class MigrationScanner extends ClassPathScanningCandidateComponentProvider {

    /** What is looked for. */
    enum Scope {
        /** The annotated classes that their conditions allow. */
        ALLOWED,
        /** Every annotated class: an index holds them all, and their conditions are evaluated when it is read. */
        CLASSES,
        /** Every annotated class, and every class with an annotated method. */
        CLASSES_AND_METHODS
    }

    private static final String ANNOTATION = Migration.class.getName();

    private final BeanDefinitionRegistry registry;
    private final Scope scope;

    MigrationScanner(BeanDefinitionRegistry registry, Environment environment, ResourceLoader loader, Scope scope) {
        super(false, environment);
        this.registry = registry;
        this.scope = scope;
        setResourceLoader(loader);
        // The factory that Boot shares is slower here: it keeps every class it has seen.
        setMetadataReaderFactory(new CachingMetadataReaderFactory(loader));
        addIncludeFilter(new AnnotationTypeFilter(Migration.class));
    }

    /** The classes in these packages, sorted by name. */
    Collection<AnnotationMetadata> scan(Collection<String> packages) {
        var found = new TreeMap<String, AnnotationMetadata>();
        for (String name : packages) {
            for (BeanDefinition candidate : findCandidateComponents(name)) {
                AnnotationMetadata metadata = ((AnnotatedBeanDefinition) candidate).getMetadata();
                found.put(metadata.getClassName(), metadata);
            }
        }
        return found.values();
    }

    /** One class by its name, unless its conditions say no. */
    Optional<AnnotationMetadata> find(String className) {
        try {
            MetadataReader reader = getMetadataReaderFactory().getMetadataReader(className);
            return isCandidateComponent(reader) ? Optional.of(reader.getAnnotationMetadata()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected BeanDefinitionRegistry getRegistry() {
        return registry;
    }

    @Override
    protected boolean isCandidateComponent(MetadataReader reader) throws IOException {
        AnnotationMetadata type = reader.getAnnotationMetadata();
        return switch (scope) {
            case ALLOWED -> super.isCandidateComponent(reader);
            case CLASSES -> type.isAnnotated(ANNOTATION);
            case CLASSES_AND_METHODS -> type.isAnnotated(ANNOTATION) || type.hasAnnotatedMethods(ANNOTATION);
        };
    }

    /** Also what cannot be a migration, such as an interface: it is to be refused, not overlooked. */
    @Override
    protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
        return !definition.getMetadata().isAnnotation();
    }
}
