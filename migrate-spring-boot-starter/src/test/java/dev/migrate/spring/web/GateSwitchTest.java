package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateSwitchTest {

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aGateThatIsSwitchedOffLetsAllThrough(String type) {
        try (GatedApplication application = start(type, "migrate.gate.enabled=false")) {
            application.blocked();
            assertThat(Http.get(application.port(), "/cars").body()).isEqualTo("cars");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aSwitchThatIsNeitherOnNorOffFailsTheStart(String type) {
        assertThatThrownBy(() -> start(type, "migrate.gate.enabled=perhaps"))
                .rootCause()
                .hasMessageContaining("perhaps");
    }

    @Test
    void aMonitorThatKnowsNothingYetKeepsTheGateShut() {
        try (GatedApplication application = start("servlet", "migrate.gate.enabled=true")) {
            assertThat(Http.get(application.port(), "/cars").status()).isEqualTo(503);
        }
    }

    private static GatedApplication start(String type, String property) {
        Class<?> source = type.equals("servlet") ? ServletCars.class : ReactiveCars.class;
        return GatedApplication.start(false, source, "spring.main.web-application-type=" + type, property);
    }
}
