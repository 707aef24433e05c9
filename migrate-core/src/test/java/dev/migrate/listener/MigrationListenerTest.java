package dev.migrate.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No event is dropped in silence: each has a method of its own, and that one is called. */
class MigrationListenerTest {

    private static List<Class<?>> types() {
        return List.of(MigrationEvent.class.getPermittedSubclasses());
    }

    /** Any event of a type; what it holds does not matter. */
    private static MigrationEvent event(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        Object[] values = Arrays.stream(constructor.getParameterTypes())
                .map(parameter -> parameter == int.class ? (Object) 0 : parameter == boolean.class ? false : null)
                .toArray();
        return (MigrationEvent) constructor.newInstance(values);
    }

    private static List<Method> methods() {
        return Arrays.stream(MigrationListener.class.getDeclaredMethods())
                .filter(method -> method.isDefault() && !method.getName().equals("on"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("types")
    void an_event_is_delivered_to_its_own_method_alone(Class<?> type) throws ReflectiveOperationException {
        MigrationEvent event = event(type);
        List<Method> called = new ArrayList<>();
        MigrationListener listener = (MigrationListener) Proxy.newProxyInstance(
                MigrationListener.class.getClassLoader(),
                new Class<?>[] {MigrationListener.class},
                (proxy, method, arguments) -> {
                    called.add(method);
                    assertThat(arguments).containsExactly(event);
                    return InvocationHandler.invokeDefault(proxy, method, arguments);
                });
        listener.on(event);
        assertThat(called).hasSize(2);
        assertThat(called.get(1).getParameterTypes()).containsExactly(type);
    }

    @Test
    void there_is_one_method_for_each_type_of_event() {
        assertThat(methods().stream().map(method -> method.getParameterTypes()[0]))
                .containsExactlyInAnyOrderElementsOf(types());
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_consumer_takes_all_events_alike(Class<?> type) throws ReflectiveOperationException {
        List<MigrationEvent> taken = new ArrayList<>();
        MigrationEvent event = event(type);
        MigrationListener.of(taken::add).on(event);
        assertThat(taken).containsExactly(event);
    }
}
