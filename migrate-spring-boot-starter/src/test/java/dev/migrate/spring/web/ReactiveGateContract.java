package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate promises in a WebFlux application. */
abstract class ReactiveGateContract extends GateContract {

    static GatedApplication start(boolean security, String... properties) {
        String[] all = new String[properties.length + 2];
        all[0] = "spring.main.web-application-type=reactive";
        all[1] = "spring.web.resources.static-locations=classpath:/gate-static/";
        System.arraycopy(properties, 0, all, 2, properties.length);
        return GatedApplication.start(security, ReactiveCars.class, all);
    }

    @Override
    List<Probe> probes() {
        return List.of(
                Probe.get("controller", "/cars"),
                Probe.get("route", "/route"),
                Probe.get("catch-all", "/cars/1"),
                Probe.get("", "/page.txt"),
                Probe.get("error page", "/nowhere"),
                Probe.get("error page", "/error"),
                Probe.socket(),
                Probe.of("", "OPTIONS", "/cars"),
                Probe.of("catch-all", "DELETE", "/cars/1"),
                Probe.get("", "/cars/..;/actuator/health"),
                Probe.get("", "/cars/%2e%2e;/actuator/health"),
                Probe.get("", "//cars"),
                Probe.get("", "/actuatorhealth"),
                Probe.get("catch-all", "/actuator/info/cars"));
    }

    @Test
    void whatTheContainerRefusesReachesNothing() {
        assertThat(Http.send(application().port(), "TRACE", prefix() + "/cars").status())
                .isIn(405, 503);
        assertThat(reached()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/..;/..;/cars", "/actuator/health/../../cars", "/actuator/health;/cars"})
    void aPathThatLooksLikeAnEndpointReachesTheEndpointOrNothing(String path) {
        Http.get(application().port(), prefix() + path, LOGIN);
        assertThat(reached()).doesNotContain("controller", "catch-all", "error page");
    }
}
