package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.web.Http.Answer;
import jakarta.servlet.http.HttpServlet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class ServletPathGateTest extends ServletGateContract {

    @Override
    GatedApplication start() {
        return start(
                false,
                WithServletAtTheRoot.class,
                "spring.mvc.servlet.path=/api",
                "management.endpoint.health.probes.add-additional-paths=true");
    }

    @Override
    String prefix() {
        return "/api";
    }

    @Override
    String servletPrefix() {
        return "";
    }

    /** There is room for it, since Spring MVC is elsewhere. */
    @Configuration(proxyBeanMethods = false)
    @Import(ServletCars.class)
    static class WithServletAtTheRoot {

        @Bean
        ServletRegistrationBean<HttpServlet> root(Reached reached) {
            return ServletCars.marking("root", reached, "/");
        }
    }

    @Test
    void theSamePathsOutsideOfTheDispatcherServletAreNotExempt() {
        assertRefused(Http.get(application().port(), "/actuator/health"));
        assertRefused(Http.get(application().port(), "/livez"));
        assertRefused(Http.get(application().port(), "/apiactuator/health"));
        assertThat(reached()).isEmpty();
        application().open();
        assertThat(Http.get(application().port(), "/actuator/health").body()).isEqualTo("root");
    }

    @Test
    void theAdditionalPathsMoveWithTheDispatcherServlet() {
        Answer live = Http.get(application().port(), "/api/livez");
        assertThat(live.status()).isEqualTo(200);
        assertThat(Http.get(application().port(), "/api/readyz").body()).contains("OUT_OF_SERVICE");
    }
}
