package dev.migrate.internal.plan;

import static dev.migrate.internal.protocol.ScriptedProcess.DEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.migrate.MigrationId;
import dev.migrate.listener.Attempt.Owner;
import java.time.Duration;
import java.util.List;
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
                .withMessageContaining("lease PT0.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofHours(1).plusNanos(1), grace))
                .withMessageContaining("1 second to 1 hour");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofSeconds(60), Duration.ofNanos(-1)))
                .withMessageContaining("shutdown grace PT-0.000000001S")
                .withMessageContaining("negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunnerSettings.of(DEV, null, HERE).failFast(Duration.ofSeconds(-1)))
                .withMessageContaining("store timeout PT-1S");
    }

    @Test
    void the_usual_settings_are_those_that_are_documented() {
        assertThat(RunnerSettings.of(DEV, "d1", HERE))
                .isEqualTo(settings(Duration.ofSeconds(60), Duration.ofSeconds(25)));
    }

    @Test
    void settings_with_the_same_values_are_equal_and_every_value_counts() {
        RunnerSettings some = RunnerSettings.of(DEV, "d1", HERE);
        assertThat(some.toBuilder().build()).isEqualTo(some).hasSameHashCodeAs(some);
        assertThat(List.of(
                        some.toBuilder().deployment(null).build(),
                        some.toBuilder().lease(Duration.ofSeconds(61)).build(),
                        some.toBuilder().shutdownGrace(Duration.ZERO).build(),
                        some.toBuilder()
                                .onFailure(RunnerSettings.OnFailure.EXIT)
                                .build(),
                        some.toBuilder()
                                .outOfOrder(RunnerSettings.OutOfOrder.REFUSE)
                                .build(),
                        some.toBuilder().recordErrorMessage(false).build(),
                        some.upTo(MigrationId.of("0001")),
                        some.toBuilder().storeTimeout(Duration.ZERO).build()))
                .doesNotContain(some)
                .doesNotHaveDuplicates();
    }
}
