package dev.migrate.internal.protocol;

import dev.migrate.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Stores with something between them and their caller. */
final class Stores {

    private Stores() {}

    /** Calls the interceptor with the name of the method and its arguments before each call. */
    static ObjectStore intercepting(ObjectStore store, BiConsumer<String, Object[]> before) {
        return proxy(store, before, List.of());
    }

    /** Lists more names than there are objects: such as no key of ours can be. */
    static ObjectStore listing(ObjectStore store, String... more) {
        return proxy(store, (method, args) -> {}, List.of(more));
    }

    private static ObjectStore proxy(ObjectStore store, BiConsumer<String, Object[]> before, List<String> more) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    before.accept(method.getName(), args);
                    try {
                        Object answer = method.invoke(store, args);
                        if (answer instanceof List<?> names) {
                            List<Object> all = new ArrayList<>(names);
                            all.addAll(more);
                            return all;
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
