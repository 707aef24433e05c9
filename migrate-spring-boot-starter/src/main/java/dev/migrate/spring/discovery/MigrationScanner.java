package dev.migrate.spring.discovery;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.PreviewableAction;
import dev.migrate.ResumableAction;
import dev.migrate.ReversibleAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.ClassMetadata;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.TypeFilter;

/**
 * Finds the classes annotated with {@link Migration} by reading class files, without loading a class. Spring evaluates
 * their conditions and profiles against the actual registry.
 */
final class MigrationScanner extends ClassPathScanningCandidateComponentProvider {

    /** Which classes the scanner returns. */
    enum Scope {
        /** The annotated classes whose conditions match. */
        ALLOWED,
        /** Every annotated class. The AOT index contains all of them; startup evaluates the conditions. */
        CLASSES,
        /** Every annotated class, and every class with an annotated method. */
        CLASSES_AND_METHODS
    }

    private static final String ANNOTATION = Migration.class.getName();
    private static final Set<String> ACTIONS = Set.of(
            MigrationAction.class.getName(),
            ResumableAction.class.getName(),
            ReversibleAction.class.getName(),
            PreviewableAction.class.getName());

    private final BeanDefinitionRegistry registry;
    private final Scope scope;
    private final TypeFilter excluded;
    private final Set<String> scanned = new HashSet<>();
    private final Set<String> unannotated = new TreeSet<>();

    /** Scans without the classes that the filter matches. */
    MigrationScanner(
            BeanDefinitionRegistry registry,
            Environment environment,
            ResourceLoader loader,
            Scope scope,
            TypeFilter excluded) {
        super(false, environment);
        this.registry = registry;
        this.scope = scope;
        this.excluded = excluded;
        setResourceLoader(loader);
        // Boot's shared factory is slower here, because it caches every class it reads.
        setMetadataReaderFactory(new CachingMetadataReaderFactory(loader));
        addIncludeFilter(new AnnotationTypeFilter(Migration.class));
    }

    /** Returns the classes in these packages, sorted by name. */
    Collection<AnnotationMetadata> scan(Collection<String> packages) {
        var found = new TreeMap<String, AnnotationMetadata>();
        scanned.addAll(packages);
        for (String name : packages) {
            for (BeanDefinition candidate : findCandidateComponents(name)) {
                AnnotationMetadata metadata = ((AnnotatedBeanDefinition) candidate).getMetadata();
                found.put(metadata.getClassName(), metadata);
            }
        }
        return found.values();
    }

    /** The names of the scanned classes that are actions without the annotation. */
    Set<String> unannotated() {
        return unannotated;
    }

    /** Returns one class by its name; empty if its conditions do not match. */
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
        if (!type.isAnnotated(ANNOTATION)) {
            if (scope == Scope.ALLOWED && type.isConcrete() && type.isIndependent() && isAction(type)) {
                unannotated.add(type.getClassName());
            }
            return scope == Scope.CLASSES_AND_METHODS && type.hasAnnotatedMethods(ANNOTATION);
        }
        return !excluded.match(reader, getMetadataReaderFactory())
                && (scope != Scope.ALLOWED || super.isCandidateComponent(reader));
    }

    /** Reads the superclasses of the same application only, because reading a class file takes time. */
    private boolean isAction(ClassMetadata type) throws IOException {
        if (Arrays.stream(type.getInterfaceNames()).anyMatch(ACTIONS::contains)) {
            return true;
        }
        String superClass = type.getSuperClassName();
        return superClass != null
                && scanned.stream().anyMatch(name -> ComponentScanPackages.isBelow(name, superClass))
                && isAction(
                        getMetadataReaderFactory().getMetadataReader(superClass).getClassMetadata());
    }

    /** Includes invalid types such as interfaces, so that they are rejected instead of ignored. */
    @Override
    protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
        return !definition.getMetadata().isAnnotation();
    }
}
