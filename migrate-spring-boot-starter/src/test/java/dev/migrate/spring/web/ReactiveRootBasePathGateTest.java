package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReactiveRootBasePathGateTest extends ReactiveGateContract {

    @Override
    GatedApplication start() {
        return start(false, "management.endpoints.web.base-path=/", "spring.main.lazy-initialization=true");
    }

    @Override
    String endpoints() {
        return "";
    }

    @Test
    void whatLiesBelowAnEndpointWithoutBelongingToItIsNotReached() {
        assertRefused(Http.get(application().port(), "/info/cars"));
        assertThat(reached()).isEmpty();
        application().open();
        assertThat(Http.get(application().port(), "/info/cars").body()).isEqualTo("anything");
    }
}
