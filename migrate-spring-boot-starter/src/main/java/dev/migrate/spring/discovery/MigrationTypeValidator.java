package dev.migrate.spring.discovery;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.spring.proxy.AnnotationValidator;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Checks that a class can be a migration. Only constructor injection with a single constructor is allowed, because AOT
 * processing would silently ignore other kinds of injection.
 */
final class MigrationTypeValidator {

    private static final Set<String> REJECTED = Set.of(
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.beans.factory.annotation.Value",
            "jakarta.annotation.PostConstruct",
            "jakarta.annotation.PreDestroy",
            "jakarta.annotation.Resource",
            "jakarta.inject.Inject",
            "jakarta.persistence.PersistenceContext");

    private MigrationTypeValidator() {}

    static Class<? extends MigrationAction> load(String className, ClassLoader classLoader) {
        try {
            return check(Class.forName(className, false, classLoader));
        } catch (ClassNotFoundException | LinkageError e) {
            throw new MigrationDefinitionException(
                    "The migration " + className + " cannot be loaded: " + e,
                    "Add the missing class to the class path.",
                    e);
        }
    }

    static Class<? extends MigrationAction> check(Class<?> type) {
        if (!MigrationAction.class.isAssignableFrom(type)) {
            throw invalid(
                    type,
                    "does not implement MigrationAction",
                    "Let it implement dev.migrate.MigrationAction, or remove its @Migration annotation.");
        }
        if (type.isEnum()) {
            throw invalid(type, "is an enum, whose objects Java makes", "Make it a class.");
        }
        KotlinTypes.check(type);
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw invalid(
                    type,
                    "is abstract, so it cannot be instantiated",
                    "Put @Migration on a class that is not abstract.");
        }
        if (type.isLocalClass() || (type.isMemberClass() && !Modifier.isStatic(type.getModifiers()))) {
            throw invalid(type, "is an inner class, which needs an enclosing instance", "Make it static.");
        }
        List<Constructor<?>> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> !constructor.isSynthetic())
                .toList();
        if (constructors.size() != 1 && !KotlinTypes.hasDefaults(type, constructors)) {
            throw invalid(
                    type,
                    "has " + constructors.size() + " constructors, but must have exactly one",
                    "Keep one constructor, with the required beans as parameters.");
        }
        for (Class<?> current = type; current != null && current != Object.class; current = current.getSuperclass()) {
            rejectInjectionInto(current, type);
        }
        return AnnotationValidator.check(type.asSubclass(MigrationAction.class));
    }

    private static void rejectInjectionInto(Class<?> declaring, Class<?> type) {
        List<AnnotatedElement> members = new ArrayList<>(List.of(declaring.getDeclaredFields()));
        members.addAll(List.of(declaring.getDeclaredMethods()));
        for (AnnotatedElement member : members) {
            for (Annotation annotation : member.getDeclaredAnnotations()) {
                if (REJECTED.contains(annotation.annotationType().getName())) {
                    throw invalid(
                            type,
                            "has @" + annotation.annotationType().getSimpleName() + " on " + member
                                    + ", which has no effect in an application with AOT processing",
                            "Inject what it needs through its constructor, and start the work in migrate().");
                }
            }
        }
    }

    static MigrationDefinitionException invalid(Class<?> type, String fault, String action) {
        return new MigrationDefinitionException("The migration " + type.getName() + " " + fault + ".", action);
    }
}
