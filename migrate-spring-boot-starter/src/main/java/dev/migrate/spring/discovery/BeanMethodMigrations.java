package dev.migrate.spring.discovery;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.spring.proxy.AnnotationValidator;
import dev.migrate.spring.proxy.ProxyValidator;
import java.lang.reflect.Method;
import java.util.Optional;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.MethodMetadata;

/**
 * The {@code @Bean} methods that are annotated with {@link Migration}. Their beans are made lazy, and kept out of what
 * is injected elsewhere, or every start would make them.
 */
final class BeanMethodMigrations {

    private record Found(MergedAnnotation<Migration> annotation, String method, String origin) {}

    private final ConfigurableListableBeanFactory beans;
    private final MigrationRegistry catalog;

    BeanMethodMigrations(ConfigurableListableBeanFactory beans, MigrationRegistry catalog) {
        this.beans = beans;
        this.catalog = catalog;
    }

    void collect() {
        for (String beanName : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(beanName);
            find(definition).ifPresent(found -> {
                definition.setLazyInit(true);
                definition.setScope(BeanDefinition.SCOPE_PROTOTYPE); // each attempt starts with a fresh object
                definition.setAutowireCandidate(false);
                add(beanName, found);
            });
        }
    }

    private void add(String beanName, Found found) {
        MigrationMetadata.read(found.annotation(), found.method(), found.origin())
                .ifPresentOrElse(
                        declaration -> catalog.add(new BeanMigrationDefinition(
                                declaration, beanName, () -> type(beanName, found.origin()), beans)),
                        () -> catalog.ignore(found.annotation().getString(MergedAnnotation.VALUE), found.origin()));
    }

    private Class<? extends MigrationAction> type(String beanName, String origin) {
        Class<?> declared = beans.getType(beanName, false);
        if (declared == null || !MigrationAction.class.isAssignableFrom(declared)) {
            throw new MigrationDefinitionException(
                    "The migration " + origin + " returns " + (declared == null ? "nothing" : declared.getName())
                            + ", which is no MigrationAction.",
                    "Let the method return a dev.migrate.MigrationAction, or take its @Migration away.");
        }
        return ProxyValidator.check(
                AnnotationValidator.check(declared.asSubclass(MigrationAction.class)), beanName, beans);
    }

    private static Optional<Found> find(BeanDefinition definition) {
        if (definition instanceof AnnotatedBeanDefinition annotated) {
            MethodMetadata method = annotated.getFactoryMethodMetadata();
            return method == null
                    ? Optional.empty()
                    : found(
                            method.getAnnotations().get(Migration.class),
                            method.getMethodName(),
                            method.getDeclaringClassName());
        }
        return generated(definition);
    }

    /** In generated code the definition knows its method only, and its class is loaded in any case. */
    private static Optional<Found> generated(BeanDefinition definition) {
        if (definition instanceof RootBeanDefinition root
                && root.getInstanceSupplier() != null
                && root.getResolvableType().toClass() != Object.class
                && MigrationAction.class.isAssignableFrom(
                        root.getResolvableType().toClass())) {
            Method method = root.getResolvedFactoryMethod();
            if (method != null) {
                return found(
                        MergedAnnotations.from(method).get(Migration.class),
                        method.getName(),
                        method.getDeclaringClass().getName());
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> found(MergedAnnotation<Migration> annotation, String method, String declaringClass) {
        return annotation.isPresent()
                ? Optional.of(new Found(annotation, method, declaringClass + "." + method + "()"))
                : Optional.empty();
    }
}
