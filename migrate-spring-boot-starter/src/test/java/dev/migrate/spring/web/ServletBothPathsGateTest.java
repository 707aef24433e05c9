package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServletBothPathsGateTest extends ServletGateContract {

    @Override
    GatedApplication start() {
        return start(true, "server.servlet.context-path=/shop", "spring.mvc.servlet.path=/api");
    }

    @Override
    String prefix() {
        return "/shop/api";
    }

    @Override
    String servletPrefix() {
        return "/shop";
    }

    @Override
    String prefixInsideContext() {
        return "/api";
    }

    @Test
    void aPathThatNoServletHasIsRefusedToo() {
        assertRefused(Http.get(application().port(), "/shop/nowhere"));
        application().open();
        assertThat(Http.get(application().port(), "/shop/nowhere", LOGIN).status())
                .isNotEqualTo(503);
    }

    @Override
    List<Probe> probes() {
        return List.of(Probe.get("controller", "/cars"), Probe.get("", "/page.txt"), Probe.socket());
    }
}
