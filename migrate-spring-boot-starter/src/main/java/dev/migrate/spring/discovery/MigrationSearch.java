package dev.migrate.spring.discovery;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/** Finds annotated classes by scanning the application's packages, or in the AOT index. */
final class MigrationSearch {

    private static final Logger log = LoggerFactory.getLogger(MigrationSearch.class);

    private final DefaultListableBeanFactory beans;
    private final Environment environment;
    private final ResourceLoader resources;
    private final List<String> packages;

    MigrationSearch(DefaultListableBeanFactory beans, Environment environment, ResourceLoader resources) {
        this.beans = beans;
        this.environment = environment;
        this.resources = resources;
        this.packages = packages(beans, environment);
    }

    /** Returns the annotated classes whose conditions match. */
    Collection<AnnotationMetadata> find() {
        var scanner = new MigrationScanner(beans, environment, resources, MigrationScanner.Scope.ALLOWED);
        if (AotDetector.useGeneratedArtifacts() && beans.containsBeanDefinition(AotMigrationIndex.BEAN_NAME)) {
            AotMigrationIndex index = beans.getBean(AotMigrationIndex.BEAN_NAME, AotMigrationIndex.class);
            if (index.packages().equals(packages)) {
                return index.classes().stream()
                        .map(scanner::find)
                        .flatMap(Optional::stream)
                        .toList();
            }
        }
        return scanner.scan(packages);
    }

    /** Registers the names of all annotated classes for a start with AOT-generated code. */
    void registerIndex() {
        var everyClass = new MigrationScanner(beans, environment, resources, MigrationScanner.Scope.CLASSES);
        var definition = new RootBeanDefinition(AotMigrationIndex.class);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, packages);
        definition
                .getConstructorArgumentValues()
                .addIndexedArgumentValue(
                        1,
                        everyClass.scan(packages).stream()
                                .map(AnnotationMetadata::getClassName)
                                .toList());
        beans.registerBeanDefinition(AotMigrationIndex.BEAN_NAME, definition);
    }

    private static List<String> packages(DefaultListableBeanFactory beans, Environment environment) {
        List<String> configured = Binder.get(environment)
                .bind("migrate.packages", Bindable.listOf(String.class))
                .orElse(List.of());
        if (!configured.isEmpty() || AutoConfigurationPackages.has(beans)) {
            return configured.isEmpty() ? AutoConfigurationPackages.get(beans) : configured;
        }
        log.warn("No package is scanned for migrations: the application has no @EnableAutoConfiguration class."
                + " Set migrate.packages.");
        return List.of();
    }
}
