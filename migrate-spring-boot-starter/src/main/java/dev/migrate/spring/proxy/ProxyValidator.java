package dev.migrate.spring.proxy;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.spring.transaction.TransactionSupport;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.AbstractBeanFactory;
import org.springframework.core.KotlinDetector;

/** Refuses classes that Spring advises by a subclass but that cannot have one, or whose action it cannot override. */
public final class ProxyValidator {

    private static final String TEMPLATE = ", or use a TransactionTemplate in the method instead of @Transactional.";

    /** What keeps a class proxy from working. */
    private record Obstacle(String fault, String action) {}

    private ProxyValidator() {}

    /**
     * Checks a class against the advice of an application. Only for a class with an obstacle does this ask Spring for the
     * class of its proxy.
     *
     * @param type the class of the action
     * @param beanName the name of its bean
     * @param beans the beans of the application
     * @return the class
     * @throws MigrationDefinitionException if Spring would advise it by a class proxy that cannot work
     */
    public static Class<? extends MigrationAction> check(
            Class<? extends MigrationAction> type, String beanName, BeanFactory beans) {
        Obstacle obstacle = obstacle(type);
        if (obstacle != null
                && beans instanceof AbstractBeanFactory factory
                && needsClassProxy(type, beanName, factory)) {
            throw refused(type, obstacle);
        }
        return type;
    }

    /**
     * Checks a class by its annotations alone, as if the application had Spring Boot's default, which are class proxies.
     *
     * @param type the class of the action
     * @throws MigrationDefinitionException if it is annotated with {@code @Transactional} but has an obstacle
     */
    public static void checkAnnotated(Class<? extends MigrationAction> type) {
        Obstacle obstacle = obstacle(type);
        if (obstacle != null
                && ActionMethods.of(type).stream().anyMatch(method -> TransactionSupport.isAdvised(type, method))) {
            throw refused(type, obstacle);
        }
    }

    /**
     * Checks an object that Spring has made, whose class may be known only now. This is too late for the start check, so
     * the message alone says what to do.
     *
     * @param action the action, perhaps a proxy of it
     * @throws IllegalStateException if its class is refused, or if it is a class proxy that does not work
     */
    public static void checkObject(MigrationAction action) {
        Class<?> target = AopUtils.getTargetClass(action);
        if (MigrationAction.class.isAssignableFrom(target)) {
            Class<? extends MigrationAction> type = target.asSubclass(MigrationAction.class);
            try {
                AnnotationValidator.check(type);
                Obstacle obstacle = obstacle(type);
                if (obstacle != null && AopUtils.isCglibProxy(action)) {
                    throw refused(type, obstacle);
                }
            } catch (MigrationDefinitionException e) {
                throw new IllegalStateException(e.getMessage() + " " + e.action(), e);
            }
        }
    }

    private static boolean needsClassProxy(Class<?> type, String beanName, AbstractBeanFactory beans) {
        for (var processor : beans.getBeanPostProcessors()) {
            if (processor instanceof SmartInstantiationAwareBeanPostProcessor smart) {
                try {
                    Class<?> determined = smart.determineBeanType(type, beanName);
                    if (determined != type && type.isAssignableFrom(determined)) {
                        return true;
                    }
                } catch (AopConfigException e) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable Obstacle obstacle(Class<? extends MigrationAction> type) {
        if (type.isInterface() || Proxy.isProxyClass(type) || type.isHidden()) {
            return null;
        }
        boolean kotlin = KotlinDetector.isKotlinType(type);
        if (type.isRecord()) {
            return new Obstacle("is a record, which has no subclass", "Make it a class that is not final" + TEMPLATE);
        }
        if (Modifier.isFinal(type.getModifiers())) {
            return kotlin
                    ? new Obstacle(
                            "is a final class, as every Kotlin class that is not open",
                            "Make it an open class, or set the option annotation=dev.migrate.Migration of the Kotlin"
                                    + " compiler plugin all-open" + TEMPLATE)
                    : new Obstacle("is a final class", "Make it a class that is not final" + TEMPLATE);
        }
        if (type.isSealed()) {
            return new Obstacle("is a sealed class", "Make it a class that is not sealed" + TEMPLATE);
        }
        if (Arrays.stream(type.getDeclaredConstructors())
                .allMatch(constructor -> Modifier.isPrivate(constructor.getModifiers()))) {
            return new Obstacle(
                    "has private constructors only", "Make its constructor visible in its package" + TEMPLATE);
        }
        Optional<Method> sealed = ActionMethods.of(type).stream()
                .filter(method -> Modifier.isFinal(method.getModifiers()))
                .findFirst();
        return sealed.map(method -> new Obstacle(
                        "has the final method " + method.getDeclaringClass().getSimpleName() + "." + method.getName()
                                + "()",
                        "Make the method one that is not final" + TEMPLATE))
                .orElse(null);
    }

    private static MigrationDefinitionException refused(Class<?> type, Obstacle obstacle) {
        return AnnotationValidator.refused(
                type,
                obstacle.fault() + ", so Spring cannot intercept it, as @Transactional or other advice on it needs",
                obstacle.action());
    }
}
