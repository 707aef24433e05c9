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
 * Says whether a class can be a migration. A migration gets its beans by its one constructor and in no other way,
 * because in an application processed ahead of time no other way would be served, and nobody would notice.
 */
final class MigrationTypeValidator {

    private static final Set<String> REFUSED = Set.of(
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
                    "Bring what is missing onto the class path.",
                    e);
        }
    }

    static Class<? extends MigrationAction> check(Class<?> type) {
        if (!MigrationAction.class.isAssignableFrom(type)) {
            throw refused(
                    type,
                    "does not implement MigrationAction",
                    "Let it implement dev.migrate.MigrationAction, or take its @Migration away.");
        }
        if (type.isEnum()) {
            throw refused(type, "is an enum, whose objects Java makes", "Make it a class.");
        }
        KotlinTypes.check(type);
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw refused(
                    type,
                    "is abstract, so nothing can be made of it",
                    "Put @Migration on a class that is not abstract.");
        }
        if (type.isLocalClass() || (type.isMemberClass() && !Modifier.isStatic(type.getModifiers()))) {
            throw refused(type, "is an inner class, which needs an outer object", "Make it static.");
        }
        List<Constructor<?>> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> !constructor.isSynthetic())
                .toList();
        if (constructors.size() != 1 && !KotlinTypes.hasDefaults(type, constructors)) {
            throw refused(
                    type,
                    "has " + constructors.size() + " constructors, so it is not clear how to make it",
                    "Leave it one constructor, with the beans that it needs as parameters.");
        }
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            refuseInjectionInto(at, type);
        }
        return AnnotationValidator.check(type.asSubclass(MigrationAction.class));
    }

    private static void refuseInjectionInto(Class<?> declaring, Class<?> type) {
        List<AnnotatedElement> members = new ArrayList<>(List.of(declaring.getDeclaredFields()));
        members.addAll(List.of(declaring.getDeclaredMethods()));
        for (AnnotatedElement member : members) {
            for (Annotation annotation : member.getDeclaredAnnotations()) {
                if (REFUSED.contains(annotation.annotationType().getName())) {
                    throw refused(
                            type,
                            "has @" + annotation.annotationType().getSimpleName() + " on " + member
                                    + ", which would not be served in an application processed ahead of time",
                            "Take what it needs as parameters of its constructor, and begin the work in migrate().");
                }
            }
        }
    }

    static MigrationDefinitionException refused(Class<?> type, String fault, String action) {
        return new MigrationDefinitionException("The migration " + type.getName() + " " + fault + ".", action);
    }
}
