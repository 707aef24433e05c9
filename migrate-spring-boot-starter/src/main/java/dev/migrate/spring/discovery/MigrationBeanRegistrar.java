package dev.migrate.spring.discovery;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.spring.proxy.ProxyValidator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a bean definition for every annotated class. The class is loaded when the bean is requested. This runs
 * after all configuration classes are read, so that conditions see every other bean definition.
 */
public final class MigrationBeanRegistrar implements BeanDefinitionRegistryPostProcessor {

    private final MigrationRegistry migrations = new MigrationRegistry();
    private final Environment environment;
    private final ResourceLoader resources;
    private Set<String> unannotated = Set.of();

    public MigrationBeanRegistrar(Environment environment, ResourceLoader resources) {
        this.environment = environment;
        this.resources = resources;
    }

    public MigrationRegistry registry() {
        return migrations;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        var beans = (DefaultListableBeanFactory) registry;
        var search = new MigrationSearch(beans, environment, resources);
        var components = new ComponentDefinitions(registry);
        for (AnnotationMetadata found : search.find()) {
            components.remove(found.getClassName());
            register(found, beans);
        }
        migrations.searched(search.packages());
        unannotated = search.unannotated();
        if (BuildPhase.isAot()) {
            search.registerIndex();
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Set<String> annotatedMethods = new BeanMethodMigrations(beans, migrations).collect();
        new AnnotatedTypeMigrations((DefaultListableBeanFactory) beans, migrations).collect(annotatedMethods);
        unannotated.forEach(className -> migrations.warnOfMissingAnnotation("class " + className));
    }

    private void register(AnnotationMetadata found, DefaultListableBeanFactory beans) {
        MergedAnnotation<Migration> annotation = found.getAnnotations().get(Migration.class);
        String className = found.getClassName();
        Optional<MigrationMetadata> declared =
                MigrationMetadata.read(annotation, MigrationMetadata.simpleName(found), className);
        if (declared.isEmpty()) {
            migrations.ignore(annotation.getString(MergedAnnotation.VALUE), className);
            return;
        }
        migrations.warnOfOrder(found.getAnnotations(), className);
        String beanName = uniqueBeanName(declared.get().beanName(), beans);
        beans.registerBeanDefinition(beanName, definition(found, beans));
        migrations.addScanned(new BeanMigrationDefinition(
                declared.get(),
                beanName,
                () -> ProxyValidator.check(MigrationTypeValidator.load(className, classLoader(beans)), beanName, beans),
                beans));
    }

    /** The definition contains only the class name, so inspecting definitions does not load the class. */
    private static BeanDefinition definition(AnnotationMetadata found, DefaultListableBeanFactory beans) {
        String className = found.getClassName();
        var definition = new RootBeanDefinition(MigrationAction.class);
        definition.setInstanceSupplier(() -> (MigrationAction) beans.autowire(
                MigrationTypeValidator.load(className, classLoader(beans)),
                AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR,
                false));
        definition.setScope(BeanDefinition.SCOPE_PROTOTYPE); // each attempt gets a new instance
        definition.setLazyInit(true);
        definition.setAutowireCandidate(false);
        MergedAnnotation<DependsOn> dependsOn = found.getAnnotations().get(DependsOn.class);
        if (dependsOn.isPresent()) {
            definition.setDependsOn(dependsOn.getStringArray(MergedAnnotation.VALUE));
        }
        definition.setDescription("migration " + className);
        // AOT processing cannot generate code for a supplier, so the definition is registered at startup.
        definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
        return definition;
    }

    private static ClassLoader classLoader(ConfigurableListableBeanFactory beans) {
        return Objects.requireNonNull(beans.getBeanClassLoader(), "no class loader");
    }

    /** Duplicate numbers are rejected later, when the environment is known. */
    private static String uniqueBeanName(String wanted, BeanDefinitionRegistry registry) {
        String name = wanted;
        for (int i = 2; registry.containsBeanDefinition(name); i++) {
            name = wanted + "#" + i;
        }
        return name;
    }
}
