package dev.migrate.spring.proxy;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.PreviewableAction;
import dev.migrate.ResumableAction;
import dev.migrate.ReversibleAction;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** The methods of an action that Migrate calls. */
final class ActionMethods {

    private ActionMethods() {}

    /** All of them. */
    static List<Method> of(Class<? extends MigrationAction> type) {
        List<Method> methods = new ArrayList<>(List.of(migrate(type)));
        if (ReversibleAction.class.isAssignableFrom(type)) {
            methods.add(method(type, "revert"));
        }
        if (PreviewableAction.class.isAssignableFrom(type)) {
            methods.add(method(type, "preview"));
        }
        return methods;
    }

    /** The one that does the operation. */
    static Method migrate(Class<? extends MigrationAction> type) {
        return ResumableAction.class.isAssignableFrom(type)
                ? method(type, "migrate", MigrationContext.class)
                : method(type, "migrate");
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
