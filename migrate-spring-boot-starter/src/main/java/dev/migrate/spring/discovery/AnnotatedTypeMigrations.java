package dev.migrate.spring.discovery;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.spring.proxy.AnnotationValidator;
import dev.migrate.spring.proxy.ProxyValidator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Collects the beans of the application whose class is annotated with {@link Migration}, wherever the class lies: from
 * {@code @Import}, a component scan, a {@code @Bean} method or any other registration. Their definitions become lazy, as
 * those of annotated {@code @Bean} methods do. Reads bean definitions only and creates no bean.
 */
final class AnnotatedTypeMigrations {

    private static final Logger log = LoggerFactory.getLogger(AnnotatedTypeMigrations.class);

    private final DefaultListableBeanFactory beans;
    private final MigrationRegistry registry;

    AnnotatedTypeMigrations(DefaultListableBeanFactory beans, MigrationRegistry registry) {
        this.beans = beans;
        this.registry = registry;
    }

    /** Collects the beans other than those of annotated methods, and warns of actions without the annotation. */
    void collect(Set<String> annotatedMethods) {
        for (String beanName : beans.getBeanDefinitionNames()) {
            if (annotatedMethods.contains(beanName)
                    || registry.contains(beanName)
                    || !beans.containsBeanDefinition(beanName)
                    || beans.getBeanDefinition(beanName).isAbstract()) {
                continue;
            }
            Class<?> type = type(beanName);
            if (type == null) {
                continue;
            }
            MergedAnnotation<Migration> annotation =
                    MergedAnnotations.from(type).get(Migration.class);
            if (annotation.isPresent()) {
                add(beanName, type, annotation);
            } else if (MigrationAction.class.isAssignableFrom(type)) {
                registry.warnOfMissingAnnotation("bean '" + beanName + "' (" + type.getName() + ")");
            }
        }
    }

    /** Returns null if the type is unknown before the bean exists, or cannot be loaded; Spring reports the latter. */
    private @Nullable Class<?> type(String beanName) {
        try {
            return beans.getType(beanName, false);
        } catch (BeansException | LinkageError e) {
            log.debug("The type of the bean '{}' is unknown", beanName, e);
            return null;
        }
    }

    private void add(String beanName, Class<?> type, MergedAnnotation<Migration> annotation) {
        BeanDefinition definition = beans.getBeanDefinition(beanName);
        String origin = type.getName();
        definition.setLazyInit(true);
        definition.setScope(BeanDefinition.SCOPE_PROTOTYPE); // each attempt gets a new instance
        definition.setAutowireCandidate(false);
        // The bean knows better than the scan how to create the object.
        registry.removeScanned(origin).ifPresent(beans::removeBeanDefinition);
        Optional<MigrationMetadata> declared =
                MigrationMetadata.read(annotation, MigrationMetadata.simpleName(type), origin);
        if (declared.isEmpty()) {
            registry.ignore(annotation.getString(MergedAnnotation.VALUE), origin);
            return;
        }
        registry.warnOfOrder(MergedAnnotations.from(type), origin);
        registry.add(new BeanMigrationDefinition(declared.get(), beanName, () -> check(beanName, type), beans));
    }

    private Class<? extends MigrationAction> check(String beanName, Class<?> type) {
        if (isCreatedFromClass(beanName)) {
            return ProxyValidator.check(MigrationTypeValidator.check(type), beanName, beans);
        }
        if (!MigrationAction.class.isAssignableFrom(type)) {
            throw new MigrationDefinitionException(
                    "The migration " + type.getName() + " does not implement MigrationAction.",
                    "Let it implement dev.migrate.MigrationAction, or remove its @Migration annotation.");
        }
        return ProxyValidator.check(AnnotationValidator.check(type.asSubclass(MigrationAction.class)), beanName, beans);
    }

    private boolean isCreatedFromClass(String beanName) {
        return beans.getMergedBeanDefinition(beanName) instanceof AbstractBeanDefinition definition
                && definition.getFactoryMethodName() == null
                && definition.getInstanceSupplier() == null;
    }
}
