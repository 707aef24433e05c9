package dev.migrate.spring.discovery;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.spring.proxy.AnnotationValidator;
import dev.migrate.spring.proxy.ProxyValidator;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.MethodMetadata;

/**
 * Collects the {@code @Bean} methods annotated with {@link Migration}. Their bean definitions become lazy and are
 * excluded from injection, so that a startup does not create applied migrations.
 */
final class BeanMethodMigrations {

    private record AnnotatedMethod(
            MergedAnnotations annotations, MergedAnnotation<Migration> annotation, String method, String origin) {}

    private final ConfigurableListableBeanFactory beans;
    private final MigrationRegistry registry;

    BeanMethodMigrations(ConfigurableListableBeanFactory beans, MigrationRegistry registry) {
        this.beans = beans;
        this.registry = registry;
    }

    /** Returns the names of all beans whose method is annotated. */
    Set<String> collect() {
        Set<String> annotated = new HashSet<>();
        for (String beanName : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(beanName);
            find(definition).ifPresent(found -> {
                definition.setLazyInit(true);
                definition.setScope(BeanDefinition.SCOPE_PROTOTYPE); // each attempt gets a new instance
                definition.setAutowireCandidate(false);
                add(beanName, found);
                annotated.add(beanName);
            });
        }
        return annotated;
    }

    private void add(String beanName, AnnotatedMethod found) {
        registry.warnOfOrder(found.annotations(), found.origin());
        MigrationMetadata.read(found.annotation(), found.method(), found.origin())
                .ifPresentOrElse(
                        declaration -> registry.add(new BeanMigrationDefinition(
                                declaration, beanName, () -> type(beanName, found.origin()), beans)),
                        () -> registry.ignore(found.annotation().getString(MergedAnnotation.VALUE), found.origin()));
    }

    private Class<? extends MigrationAction> type(String beanName, String origin) {
        Class<?> declared = beans.getType(beanName, false);
        if (declared == null || !MigrationAction.class.isAssignableFrom(declared)) {
            throw new MigrationDefinitionException(
                    "The migration " + origin + " returns " + (declared == null ? "nothing" : declared.getName())
                            + ", which is not a MigrationAction.",
                    "Let the method return a dev.migrate.MigrationAction, or remove its @Migration annotation.");
        }
        return ProxyValidator.check(
                AnnotationValidator.check(declared.asSubclass(MigrationAction.class)), beanName, beans);
    }

    private static Optional<AnnotatedMethod> find(BeanDefinition definition) {
        if (definition instanceof AnnotatedBeanDefinition annotated) {
            MethodMetadata method = annotated.getFactoryMethodMetadata();
            return method == null
                    ? Optional.empty()
                    : found(method.getAnnotations(), method.getMethodName(), method.getDeclaringClassName());
        }
        return generated(definition);
    }

    /** In AOT-generated code the definition has only the method, and its class is loaded anyway. */
    private static Optional<AnnotatedMethod> generated(BeanDefinition definition) {
        if (definition instanceof RootBeanDefinition root
                && root.getInstanceSupplier() != null
                && root.getResolvableType().toClass() != Object.class
                && MigrationAction.class.isAssignableFrom(
                        root.getResolvableType().toClass())) {
            Method method = root.getResolvedFactoryMethod();
            if (method != null) {
                return found(
                        MergedAnnotations.from(method),
                        method.getName(),
                        method.getDeclaringClass().getName());
            }
        }
        return Optional.empty();
    }

    private static Optional<AnnotatedMethod> found(
            MergedAnnotations annotations, String method, String declaringClass) {
        MergedAnnotation<Migration> annotation = annotations.get(Migration.class);
        return annotation.isPresent()
                ? Optional.of(
                        new AnnotatedMethod(annotations, annotation, method, declaringClass + "." + method + "()"))
                : Optional.empty();
    }
}
