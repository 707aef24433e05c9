package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServletManagementPortGateTest extends ServletGateContract {

    @Override
    GatedApplication start() {
        return start(
                false,
                "management.server.port=0",
                "management.server.base-path=/ops",
                "management.endpoint.health.probes.add-additional-paths=true");
    }

    @Override
    int managementPort() {
        return application().managementPort();
    }

    @Override
    String managementPrefix() {
        return "/ops";
    }

    @Override
    String exemptOnTheMainPort() {
        return "/livez";
    }

    @Test
    void theEndpointsAreNotExemptOnThePortOfTheApplication() {
        assertRefused(Http.get(application().port(), "/actuator/health/liveness"));
        assertRefused(Http.get(application().port(), "/ops/actuator/health/liveness"));
        assertRefused(Http.get(application().port(), "/actuator/info/cars"));
    }

    @Test
    void theAdditionalPathsAnswerOnThePortOfTheApplication() {
        assertThat(Http.get(application().port(), "/livez").status()).isEqualTo(200);
        assertThat(Http.get(application().port(), "/readyz").body()).contains("OUT_OF_SERVICE");
        assertRefused(Http.get(application().port(), "/livez/"));
    }

    @Test
    void nothingOfTheApplicationIsReachedOnTheManagementPort() {
        for (String path : new String[] {"/cars", "/plain/x", "/page.txt", "/socket", "/ops/cars"}) {
            assertThat(Http.get(managementPort(), path).status()).isEqualTo(404);
        }
        assertThat(reached()).isEmpty();
    }
}
