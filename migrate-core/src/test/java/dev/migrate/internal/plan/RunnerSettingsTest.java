package dev.migrate.internal.plan;

import static dev.migrate.internal.protocol.ScriptedProcess.DEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.migrate.listener.Attempt.Owner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunnerSettingsTest {

    private static final Owner HERE = new Owner("here", 1, null);

    private static RunnerSettings settings(Duration lease, Duration grace) {
        return RunnerSettings.builder(DEV, HERE)
                .deployment("d1")
                .lease(lease)
                .shutdownGrace(grace)
                .build();
    }

    @Test
    void a_lease_is_between_a_second_and_an_hour_and_a_grace_is_not_negative() {
        Duration grace = Duration.ofSeconds(25);
        assertThatCode(() -> settings(Duration.ofSeconds(1), Duration.ZERO)).doesNotThrowAnyException();
        assertThatCode(() -> settings(Duration.ofHours(1), grace)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofMillis(999), grace))
                .withMessageContaining("PT0.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofHours(1).plusNanos(1), grace))
                .withMessageContaining("1 second to 1 hour");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofSeconds(60), Duration.ofNanos(-1)))
                .withMessageContaining("negative");
    }

    @Test
    void the_usual_settings_are_those_that_are_documented() {
        assertThat(RunnerSettings.of(DEV, "d1", HERE))
                .isEqualTo(settings(Duration.ofSeconds(60), Duration.ofSeconds(25)));
    }
}
