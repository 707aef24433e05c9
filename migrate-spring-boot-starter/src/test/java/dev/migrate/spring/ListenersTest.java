package dev.migrate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

    @Test
    void whateverOneListenerThrowsTheOthersAreTold() {
        List<String> told = new ArrayList<>();
        var listeners = new Listeners(List.of(
                MigrationListener.of(event -> {
                    throw new NoClassDefFoundError("io/micrometer/core/instrument/Meter");
                }),
                MigrationListener.of(event -> told.add("second")),
                MigrationListener.of(event -> {
                    throw new IllegalStateException("no ears");
                }),
                MigrationListener.of(event -> told.add("fourth"))));
        listeners.on(new MigrationEvent.Noticed("something", false));
        assertThat(told).containsExactly("second", "fourth");
    }
}
