package dev.migrate.spring.discovery;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.spring.proxy.ProxyValidator;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Finds the annotated classes and gives each a bean definition that loads its class only when the bean is asked for.
 * It runs when all configuration classes have been read, so that conditions see every other bean.
 */
public final class MigrationBeanRegistrar implements BeanDefinitionRegistryPostProcessor {

    private final MigrationRegistry catalog = new MigrationRegistry();
    private final Environment environment;
    private final ResourceLoader resources;

    public MigrationBeanRegistrar(Environment environment, ResourceLoader resources) {
        this.environment = environment;
        this.resources = resources;
    }

    public MigrationRegistry catalog() {
        return catalog;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        var beans = (DefaultListableBeanFactory) registry;
        var search = new MigrationSearch(beans, environment, resources);
        var components = new ComponentDefinitions(registry);
        for (AnnotationMetadata found : search.find()) {
            components.drop(found.getClassName());
            register(found, beans);
        }
        if (BuildPhase.isAot()) {
            search.registerIndex();
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        new BeanMethodMigrations(beans, catalog).collect();
    }

    private void register(AnnotationMetadata found, DefaultListableBeanFactory beans) {
        MergedAnnotation<Migration> annotation = found.getAnnotations().get(Migration.class);
        String className = found.getClassName();
        Optional<MigrationMetadata> declared =
                MigrationMetadata.read(annotation, MigrationMetadata.simpleName(found), className);
        if (declared.isEmpty()) {
            catalog.ignore(annotation.getString(MergedAnnotation.VALUE), className);
            return;
        }
        String beanName = freeName(declared.get().beanName(), beans);
        beans.registerBeanDefinition(beanName, definition(className, beans));
        catalog.add(new BeanMigrationDefinition(
                declared.get(),
                beanName,
                () -> ProxyValidator.check(MigrationTypeValidator.load(className, classLoader(beans)), beanName, beans),
                beans));
    }

    /** Knows nothing of the class but its name, so nobody who looks at definitions can make Spring load it. */
    private static BeanDefinition definition(String className, DefaultListableBeanFactory beans) {
        var definition = new RootBeanDefinition(MigrationAction.class);
        definition.setInstanceSupplier(() -> (MigrationAction) beans.autowire(
                MigrationTypeValidator.load(className, classLoader(beans)),
                AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR,
                false));
        definition.setScope(BeanDefinition.SCOPE_PROTOTYPE); // each attempt starts with a fresh object
        definition.setLazyInit(true);
        definition.setAutowireCandidate(false);
        definition.setDescription("migration " + className);
        // No code can be generated for a supplier: in such an application the definition is made when it starts.
        definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
        return definition;
    }

    private static ClassLoader classLoader(ConfigurableListableBeanFactory beans) {
        return Objects.requireNonNull(beans.getBeanClassLoader(), "no class loader");
    }

    /** Two with one number are refused later, when it is known whether both are of the running environment. */
    private static String freeName(String wanted, BeanDefinitionRegistry registry) {
        String name = wanted;
        for (int i = 2; registry.containsBeanDefinition(name); i++) {
            name = wanted + "#" + i;
        }
        return name;
    }
}
