package dev.migrate.spring.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;

/**
 * The bean definitions of classes, such as components. A migration that is also a component would be created at every
 * startup, so its component definition is removed.
 */
final class ComponentDefinitions {

    private static final Logger log = LoggerFactory.getLogger(ComponentDefinitions.class);

    private final BeanDefinitionRegistry registry;
    private final Map<String, List<String>> byClass = new HashMap<>();

    ComponentDefinitions(BeanDefinitionRegistry registry) {
        this.registry = registry;
        for (String name : registry.getBeanDefinitionNames()) {
            BeanDefinition definition = registry.getBeanDefinition(name);
            if (definition.getBeanClassName() != null && definition.getFactoryMethodName() == null) {
                byClass.computeIfAbsent(definition.getBeanClassName(), key -> new ArrayList<>())
                        .add(name);
            }
        }
    }

    void remove(String className) {
        for (String name : byClass.getOrDefault(className, List.of())) {
            registry.removeBeanDefinition(name);
            log.info(
                    "Migration {} is also the bean '{}'. The bean is removed, because every startup would create it."
                            + " @Migration is sufficient.",
                    className,
                    name);
        }
    }
}
