package dev.migrate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.run.MigrationEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

    @Test
    void whateverOneListenerThrowsTheOthersAreTold() {
        List<String> told = new ArrayList<>();
        var listeners = new Listeners(List.of(
                event -> {
                    throw new NoClassDefFoundError("io/micrometer/core/instrument/Meter");
                },
                event -> told.add("second"),
                event -> {
                    throw new IllegalStateException("no ears");
                },
                event -> told.add("fourth")));
        listeners.on(new MigrationEvent.Noticed("something", false));
        assertThat(told).containsExactly("second", "fourth");
    }
}
