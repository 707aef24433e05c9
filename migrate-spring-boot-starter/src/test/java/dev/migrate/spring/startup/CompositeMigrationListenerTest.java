package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompositeMigrationListenerTest {

    @Test
    void whateverOneListenerThrowsTheOthersAreTold() {
        List<String> told = new ArrayList<>();
        var listeners = new CompositeMigrationListener(List.of(
                MigrationListener.of(event -> {
                    throw new NoClassDefFoundError("io/micrometer/core/instrument/Meter");
                }),
                MigrationListener.of(event -> told.add("second")),
                MigrationListener.of(event -> {
                    throw new IllegalStateException("no ears");
                }),
                MigrationListener.of(event -> told.add("fourth"))));
        listeners.on(new MigrationEvent.Notice("something", false));
        assertThat(told).containsExactly("second", "fourth");
    }
}
