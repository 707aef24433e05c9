package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReactiveSecurityGateTest extends ReactiveGateContract {

    @Override
    GatedApplication start() {
        return start(true);
    }

    @Override
    List<Probe> probes() {
        return super.probes().stream().map(Probe::underSecurity).toList();
    }

    @Test
    void aStrangerIsAskedToLogInOnlyOnceTheGateIsOpen() {
        assertRefused(Http.get(application().port(), "/cars"));
        application().open();
        assertThat(Http.get(application().port(), "/cars").status()).isEqualTo(401);
    }

    @Test
    void livenessNeedsNoLogIn() {
        assertThat(Http.get(application().port(), "/actuator/health/liveness").status())
                .isEqualTo(200);
    }
}
