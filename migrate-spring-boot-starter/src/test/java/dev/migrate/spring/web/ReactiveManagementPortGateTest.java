package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReactiveManagementPortGateTest extends ReactiveGateContract {

    @Override
    GatedApplication start() {
        return start(
                false,
                "management.server.port=0",
                "management.server.base-path=/ops",
                "management.endpoint.health.probes.add-additional-paths=true",
                "server.forward-headers-strategy=native");
    }

    @Override
    int managementPort() {
        return application().managementPort();
    }

    @Override
    String managementPrefix() {
        return "/ops";
    }

    @Test
    void theEndpointsAreNotExemptOnThePortOfTheApplication() {
        assertRefused(Http.get(application().port(), "/actuator/health/liveness"));
        assertRefused(Http.get(application().port(), "/ops/actuator/health/liveness"));
    }

    @Test
    void aForwardedPortOpensNothing() {
        String port = "X-Forwarded-Port: " + managementPort();
        assertRefused(Http.get(application().port(), "/cars", port));
        assertRefused(Http.get(application().port(), "/actuator/health/liveness", port, "X-Forwarded-Host: 127.0.0.1"));
        assertThat(Http.get(managementPort(), "/ops/actuator/health/liveness", "X-Forwarded-Port: 443")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theAdditionalPathsAnswerOnThePortOfTheApplication() {
        assertThat(Http.get(application().port(), "/livez").status()).isEqualTo(200);
        assertThat(Http.get(application().port(), "/readyz").body()).contains("OUT_OF_SERVICE");
    }

    /** Routes and handler mappings of the application are found by the management server too. */
    @ParameterizedTest
    @MethodSource("probes")
    void nothingOfTheApplicationIsReachedOnTheManagementPort(Probe probe) {
        assertRefused(probe.send(managementPort(), "/ops"));
        assertThat(probe.send(managementPort(), "").status()).isIn(404, 503);
        assertThat(reached()).isEmpty();
    }
}
