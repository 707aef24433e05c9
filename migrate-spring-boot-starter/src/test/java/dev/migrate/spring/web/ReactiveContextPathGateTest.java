package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReactiveContextPathGateTest extends ReactiveGateContract {

    @Override
    GatedApplication start() {
        return start(
                false, "spring.webflux.base-path=/shop", "management.endpoint.health.probes.add-additional-paths=true");
    }

    @Override
    String prefix() {
        return "/shop";
    }

    @Test
    void theAdditionalPathsAnswer() {
        assertThat(Http.get(application().port(), "/shop/livez").status()).isEqualTo(200);
        assertThat(Http.get(application().port(), "/shop/readyz").body()).contains("OUT_OF_SERVICE");
    }
}
