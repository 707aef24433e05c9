package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.web.Http.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate promises in a servlet application. */
abstract class ServletGateContract extends GateContract {

    static GatedApplication start(boolean security, String... properties) {
        return start(security, ServletCars.class, properties);
    }

    static GatedApplication start(boolean security, Class<?> source, String... properties) {
        String[] all = new String[properties.length + 2];
        all[0] = "spring.main.web-application-type=servlet";
        all[1] = "spring.web.resources.static-locations=classpath:/gate-static/";
        System.arraycopy(properties, 0, all, 2, properties.length);
        return GatedApplication.start(security, source, all);
    }

    /** What stands before the paths of a servlet of its own. */
    String servletPrefix() {
        return prefix();
    }

    @Override
    List<Probe> probes() {
        return List.of(
                Probe.get("controller", "/cars"),
                Probe.get("callable", "/cars/later"),
                Probe.get("catch-all", "/cars/1"),
                Probe.upload(),
                Probe.get("", "/page.txt"),
                Probe.get("", "/nowhere"),
                Probe.socket(),
                Probe.of("", "OPTIONS", "/cars"),
                Probe.of("catch-all", "DELETE", "/cars/1"),
                Probe.get("", "/cars/..;/actuator/health"),
                Probe.get("", "/cars/%2e%2e;/actuator/health"),
                Probe.get("", "/actuator/health/..;/..;/cars"),
                Probe.get("", "/actuator/health/../../cars"),
                Probe.get("", "/actuator/health;/../../cars"),
                Probe.get("", "//cars"),
                Probe.get("", "/actuatorhealth"),
                Probe.get("", "/ACTUATOR/HEALTH"),
                Probe.get("catch-all", "/actuator/info/cars"));
    }

    @Test
    void aPlainServletIsNotReachedWhileTheGateIsShut() {
        assertRefused(Http.get(application().port(), servletPrefix() + "/plain/x", LOGIN));
        assertRefused(Http.get(application().port(), servletPrefix() + "/plain/actuator/health", LOGIN));
        assertThat(reached()).isEmpty();
        application().open();
        assertThat(Http.get(application().port(), servletPrefix() + "/plain/x", LOGIN)
                        .body())
                .isEqualTo("servlet");
    }

    @Test
    void theErrorPageIsNotReachedWhileTheGateIsShut() {
        assertRefused(Http.get(application().port(), prefix() + "/error", LOGIN));
        assertThat(reached()).isEmpty();
        application().open();
        assertThat(Http.get(application().port(), prefix() + "/error", LOGIN).body())
                .isEqualTo("error page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE /cars", "GET /%zz", "GET /cars%00", "GET /a%2fb"})
    void whatTheContainerRefusesDoesNotReachTheErrorPage(String line) {
        String[] words = line.split(" ");
        Answer answer = Http.send(application().port(), words[0], prefix() + words[1]);
        assertThat(answer.status()).isIn(400, 405, 503);
        assertThat(reached()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"forward", "include", "async"})
    void noDetourFromAnExemptPathGetsThrough(String detour) {
        String target = exemptOnTheMainPort() + "?detour=" + detour + "&to=" + prefixInsideContext() + "/cars";
        Answer answer = Http.get(application().port(), target, LOGIN);
        assertThat(answer.body()).doesNotContain("cars");
        assertThat(reached()).doesNotContain("controller");
        application().open();
        Answer open = Http.get(application().port(), target, LOGIN);
        assertThat(open.body()).contains("cars");
        assertThat(reached()).contains("controller");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 418, 500})
    void anErrorSentForAnExemptPathHasItsStatusAndNoBody(int status) {
        String target = exemptOnTheMainPort() + "?detour=error&to=" + status;
        Answer answer = Http.get(application().port(), target, LOGIN);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
        assertThat(reached()).doesNotContain("error page");
        application().open();
        assertThat(Http.get(application().port(), target, LOGIN).body()).isEqualTo("error page");
    }

    /** A path that passes on the port of the application. */
    String exemptOnTheMainPort() {
        return managementPrefix() + endpoints() + "/health/liveness";
    }

    /** What stands before a path of the application in a dispatch. */
    String prefixInsideContext() {
        return prefix();
    }
}
