package dev.migrate.spring.discovery;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.KotlinDetector;

/** What the Kotlin compiler makes of a class. */
final class KotlinTypes {

    private static final String DEFAULTS_MARKER = "kotlin.jvm.internal.DefaultConstructorMarker";
    private static final String VALUE_CLASS = "kotlin.jvm.JvmInline";

    private KotlinTypes() {}

    /** Refuses what Kotlin makes itself, with the words of Kotlin. */
    static void check(Class<?> type) {
        if (!KotlinDetector.isKotlinType(type)) {
            return;
        }
        if (isObject(type)) {
            throw MigrationTypeValidator.invalid(
                    type,
                    "is a Kotlin object, but each attempt needs a new object",
                    "Declare it as a class, not as an object.");
        }
        if (Arrays.stream(type.getDeclaredAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getName().equals(VALUE_CLASS))) {
            throw MigrationTypeValidator.invalid(
                    type, "is a Kotlin value class, of which Spring can make no object", "Declare it as a class.");
        }
        if (type.isLocalClass()) {
            throw MigrationTypeValidator.invalid(
                    type, "is a local class, which needs its function", "Declare it outside of the function.");
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            throw MigrationTypeValidator.invalid(
                    type, "is an inner class, which needs an outer object", "Remove the keyword inner.");
        }
    }

    /**
     * Whether the class has the two constructors that come of one whose parameters all have default values: itself and
     * the one without parameters. Spring takes the former where it can.
     */
    static boolean hasDefaults(Class<?> type, List<Constructor<?>> constructors) {
        return constructors.size() == 2
                && KotlinDetector.isKotlinType(type)
                && constructors.stream().anyMatch(constructor -> constructor.getParameterCount() == 0)
                && constructors.stream().anyMatch(primary -> hasDefaults(type, primary));
    }

    /** The compiler adds a constructor that also takes which of the parameters are left out. */
    private static boolean hasDefaults(Class<?> type, Constructor<?> primary) {
        int parameters = primary.getParameterCount();
        return parameters > 0
                && Arrays.stream(type.getDeclaredConstructors())
                        .filter(Constructor::isSynthetic)
                        .map(Constructor::getParameterTypes)
                        .anyMatch(types -> types.length > parameters
                                && types[types.length - 1].getName().equals(DEFAULTS_MARKER)
                                && Arrays.equals(types, 0, parameters, primary.getParameterTypes(), 0, parameters));
    }

    /** An object is kept in itself; the companion of a class, in that class. */
    private static boolean isObject(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return hasField(type, "INSTANCE", type) || (outer != null && hasField(outer, type.getSimpleName(), type));
    }

    private static boolean hasField(Class<?> declaring, String name, Class<?> type) {
        for (Field field : declaring.getDeclaredFields()) {
            if (field.getName().equals(name)
                    && field.getType() == type
                    && Modifier.isStatic(field.getModifiers())
                    && Modifier.isFinal(field.getModifiers())) {
                return true;
            }
        }
        return false;
    }
}
