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
 * The definitions that stand for a class, such as those of components. A migration that is a component too would be
 * made at every start, applied or not.
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

    void drop(String className) {
        for (String name : byClass.getOrDefault(className, List.of())) {
            registry.removeBeanDefinition(name);
            log.info(
                    "Migration {} is also the bean '{}'. That bean is dropped, or every start would make it:"
                            + " @Migration is enough.",
                    className,
                    name);
        }
    }
}
