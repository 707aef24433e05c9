package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MissingLibrariesIT {

    private static final String SERVLET = "dev.migrate.spring.web.PlainServlet";
    private static final String ROUTE = "dev.migrate.spring.web.PlainRoute";

    @Test
    void aServletApplicationWithoutActuatorIsShutAltogether() throws Exception {
        try (ClassPathWithout application = ClassPathWithout.start(List.of("actuator"), SERVLET)) {
            assertShutAndThenOpen(application, "/", "servlet");
            assertShutAndThenOpen(application, "/actuator/health", "servlet");
        }
    }

    @Test
    void aServletApplicationNeedsNoWebFlux() throws Exception {
        try (ClassPathWithout application =
                ClassPathWithout.start(List.of("webflux", "netty", "reactor", "reactive-streams"), SERVLET)) {
            assertShutAndThenOpen(application, "/", "servlet");
        }
    }

    @Test
    void aServletApplicationNeedsNoSpringMvc() throws Exception {
        try (ClassPathWithout application = ClassPathWithout.start(
                List.of("webmvc", "webflux"), SERVLET, "spring.main.web-application-type=servlet")) {
            assertShutAndThenOpen(application, "/", "servlet");
        }
    }

    @Test
    void aWebFluxApplicationNeedsNoServlets() throws Exception {
        try (ClassPathWithout application = ClassPathWithout.start(List.of("webmvc", "tomcat"), ROUTE)) {
            assertShutAndThenOpen(application, "/cars", "route");
            assertThat(Http.get(application.port(), "/actuator/health/liveness").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aWebFluxApplicationWithoutActuatorIsShutAltogether() throws Exception {
        try (ClassPathWithout application = ClassPathWithout.start(List.of("webmvc", "tomcat", "actuator"), ROUTE)) {
            assertShutAndThenOpen(application, "/cars", "route");
            assertShutAndThenOpen(application, "/actuator/health", "route");
        }
    }

    private static void assertShutAndThenOpen(ClassPathWithout application, String path, String body) throws Exception {
        application.running();
        GateContract.assertRefused(Http.get(application.port(), path));
        application.open();
        assertThat(Http.get(application.port(), path).body()).contains(body);
        application.running();
    }
}
