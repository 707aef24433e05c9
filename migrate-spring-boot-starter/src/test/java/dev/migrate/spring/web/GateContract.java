package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.web.Http.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gate promises, in one way to set an application up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GateContract {

    /** {@code user:secret}, for the set-ups with Spring Security. */
    static final String LOGIN = "Authorization: Basic dXNlcjpzZWNyZXQ=";

    private GatedApplication application;

    abstract GatedApplication start();

    /** What stands before every path of the application. */
    String prefix() {
        return "";
    }

    /** What stands before the paths that a management endpoint has by default. */
    String managementPrefix() {
        return prefix();
    }

    /** Where the endpoints are, after the prefix. */
    String endpoints() {
        return "/actuator";
    }

    abstract List<Probe> probes();

    final GatedApplication application() {
        return application;
    }

    int managementPort() {
        return application.port();
    }

    final Answer endpoint(String method, String path) {
        return Http.send(managementPort(), method, managementPrefix() + endpoints() + path, LOGIN);
    }

    final List<String> reached() {
        return application.bean(Reached.class).places();
    }

    @BeforeAll
    final void startApplication() {
        application = start();
    }

    @BeforeEach
    final void shut() {
        application.running();
        application.bean(Reached.class).clear();
    }

    @AfterAll
    final void closeApplication() {
        application.close();
    }

    static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers())
                .containsEntry("content-type", "application/problem+json")
                .containsKey("retry-after")
                .containsEntry("cache-control", "no-store");
    }

    @ParameterizedTest
    @MethodSource("probes")
    void nothingIsReachedWhileTheGateIsShut(Probe probe) {
        assertRefused(probe.send(application.port(), prefix()));
        assertRefused(probe.send(application.port(), prefix(), LOGIN));
        assertThat(reached()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("probes")
    void allIsReachedOnceTheGateIsOpen(Probe probe) {
        application.open();
        Answer answer = probe.send(application.port(), prefix(), LOGIN);
        assertThat(answer.status()).isNotEqualTo(503);
        if (probe.isSocket()) {
            assertThat(answer.status()).isEqualTo(101);
        }
        if (!probe.place().isEmpty()) {
            assertThat(reached()).contains(probe.place());
        }
    }

    @Test
    void aStaticFileIsServedOnceTheGateIsOpen() {
        application.open();
        Answer answer = Http.get(application.port(), prefix() + "/page.txt", LOGIN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("a static file");
    }

    @Test
    void livenessAnswersWhileTheGateIsShut() {
        for (Answer answer : Stream.of("/health/liveness", "/health/liveness?x=y")
                .map(path -> endpoint("GET", path))
                .toList()) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("UP");
        }
        application.blocked();
        assertThat(endpoint("GET", "/health/liveness").status()).isEqualTo(200);
        assertThat(endpoint("HEAD", "/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void readinessRefusesTrafficWhileTheStartIsHeld() {
        Answer answer = endpoint("GET", "/health/readiness");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("OUT_OF_SERVICE").doesNotContain("problem");
    }

    @Test
    void otherEndpointsAnswerWhileTheGateIsShut() {
        assertThat(endpoint("GET", "/info").status()).isEqualTo(200);
        assertThat(endpoint("GET", "/health").body()).contains("\"migrations\"", "0003");
    }

    @Test
    void anEndpointThatFailsDoesNotReachTheErrorPage() {
        Answer answer = endpoint("GET", "/broken");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(reached()).doesNotContain("error page");
    }

    @Test
    void aWrongMethodOnAnEndpointDoesNotReachTheErrorPage() {
        Answer answer = endpoint("DELETE", "/info");
        // Spring Security asks a request that changes something for its token first.
        assertThat(answer.status()).isIn(405, 403);
        assertThat(reached()).doesNotContain("error page");
    }
}
