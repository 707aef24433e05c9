package dev.migrate.spring.startup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the scheduled tasks and message listeners of an application that has started its lifecycle beans. It creates no
 * bean. It recognises message listeners by the names of their types, so it needs none of their libraries.
 */
final class BackgroundWork {

    private static final int NAMED = 3;
    /** Kafka, Rabbit, JMS, SQS, Pulsar, Redis, Spring Cloud Stream and Quartz, their subclasses included. */
    private static final List<String> LISTENERS = List.of(
            "MessageListenerContainer",
            "ListenerEndpointRegistry",
            "ListenerContainerRegistry",
            "InputBindingLifecycle",
            "SchedulerFactoryBean");
    /** Schedulers of Spring's own WebSocket support. Its requests pass the gate. */
    private static final Set<String> BEHIND_THE_GATE =
            Set.of("messageBrokerTaskScheduler", "defaultSockJsTaskScheduler");

    private BackgroundWork() {}

    /** Returns a description of each kind of work. */
    static List<String> in(ConfigurableListableBeanFactory beans) {
        List<String> found = new ArrayList<>();
        List<String> tasks = tasks(beans);
        if (!tasks.isEmpty()) {
            found.add(describe(tasks.size() == 1 ? "scheduled task" : "scheduled tasks", tasks));
        }
        List<String> listeners = Arrays.stream(beans.getBeanNamesForType(SmartLifecycle.class, false, false))
                .filter(name ->
                        singleton(beans, name) instanceof SmartLifecycle bean && bean.isRunning() && listens(bean))
                .map(BeanFactoryUtils::transformedBeanName)
                .toList();
        if (!listeners.isEmpty()) {
            found.add(describe(listeners.size() == 1 ? "listener container" : "listener containers", listeners));
        }
        return List.copyOf(found);
    }

    private static List<String> tasks(ConfigurableListableBeanFactory beans) {
        List<String> tasks = Arrays.stream(beans.getBeanNamesForType(ScheduledTaskHolder.class, false, false))
                .flatMap(name -> singleton(beans, name) instanceof ScheduledTaskHolder holder
                        ? holder.getScheduledTasks().stream()
                        : null)
                .map(Object::toString)
                .sorted()
                .toList();
        return tasks.isEmpty() ? busySchedulers(beans) : tasks;
    }

    /** An application can also give its tasks to a scheduler itself. */
    private static List<String> busySchedulers(ConfigurableListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanNamesForType(ThreadPoolTaskScheduler.class, false, false))
                .filter(name -> !BEHIND_THE_GATE.contains(name))
                .filter(name -> singleton(beans, name) instanceof ThreadPoolTaskScheduler scheduler
                        && !scheduler
                                .getScheduledThreadPoolExecutor()
                                .getQueue()
                                .isEmpty())
                .map(name -> "those of " + name)
                .toList();
    }

    private static boolean listens(SmartLifecycle bean) {
        for (Class<?> type = AopUtils.getTargetClass(bean); type != null; type = type.getSuperclass()) {
            if (LISTENERS.stream().anyMatch(type.getName()::endsWith)) {
                return !isEmptyRegistry(bean);
            }
        }
        return false;
    }

    /** A registry of listener containers also runs if the application has no listener. */
    private static boolean isEmptyRegistry(SmartLifecycle bean) {
        var containers = ClassUtils.getMethodIfAvailable(bean.getClass(), "getListenerContainers");
        if (containers == null) {
            return false;
        }
        ReflectionUtils.makeAccessible(containers);
        return ReflectionUtils.invokeMethod(containers, bean) instanceof Collection<?> all && all.isEmpty();
    }

    private static @Nullable Object singleton(ConfigurableListableBeanFactory beans, String name) {
        String plain = BeanFactoryUtils.transformedBeanName(name);
        return beans.containsSingleton(plain) ? beans.getSingleton(plain) : null;
    }

    private static String describe(String kind, List<String> names) {
        String some = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() + " " + kind + " (" + some + (names.size() > NAMED ? ", …" : "") + ")";
    }
}
