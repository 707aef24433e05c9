package dev.migrate.spring.discovery;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/** Finds annotated classes by scanning the application's packages, or in the AOT index. */
final class MigrationSearch {

    private final DefaultListableBeanFactory beans;
    private final Environment environment;
    private final ResourceLoader resources;
    private final SearchedPackages packages;
    private final Set<String> unannotated = new TreeSet<>();

    MigrationSearch(DefaultListableBeanFactory beans, Environment environment, ResourceLoader resources) {
        this.beans = beans;
        this.environment = environment;
        this.resources = resources;
        this.packages = SearchedPackages.of(beans, environment, resources);
    }

    /** Returns the annotated classes whose conditions match. */
    Collection<AnnotationMetadata> find() {
        MigrationScanner scanner = scanner(MigrationScanner.Scope.ALLOWED);
        if (AotDetector.useGeneratedArtifacts() && beans.containsBeanDefinition(AotMigrationIndex.BEAN_NAME)) {
            AotMigrationIndex index = beans.getBean(AotMigrationIndex.BEAN_NAME, AotMigrationIndex.class);
            if (index.packages().equals(packages.withoutComponentScans())) {
                return index.classes().stream()
                        .map(scanner::find)
                        .flatMap(Optional::stream)
                        .toList();
            }
        }
        Collection<AnnotationMetadata> found = scanner.scan(packages.all());
        unannotated.addAll(scanner.unannotated());
        return found;
    }

    /** The searched packages. */
    List<String> packages() {
        return packages.all();
    }

    /** The names of the scanned classes that are actions without the annotation. */
    Set<String> unannotated() {
        return unannotated;
    }

    /** Registers the names of all annotated classes for a start with AOT-generated code. */
    void registerIndex() {
        MigrationScanner everyClass = scanner(MigrationScanner.Scope.CLASSES);
        var definition = new RootBeanDefinition(AotMigrationIndex.class);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, packages.withoutComponentScans());
        definition
                .getConstructorArgumentValues()
                .addIndexedArgumentValue(
                        1,
                        everyClass.scan(packages.all()).stream()
                                .map(AnnotationMetadata::getClassName)
                                .toList());
        beans.registerBeanDefinition(AotMigrationIndex.BEAN_NAME, definition);
    }

    private MigrationScanner scanner(MigrationScanner.Scope scope) {
        return new MigrationScanner(beans, environment, resources, scope, packages::exclude);
    }
}
