package dev.migrate.spring.metrics;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.listener.Attempt;
import dev.migrate.spring.ActionInterceptor;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;

/** Runs every action in the scope of an observation, so that observed calls of the action become its children. */
record ActionObservation(ObservationRegistry registry) implements ActionInterceptor {

    @Override
    public void intercept(EnvironmentName environment, Attempt attempt, MigrationDefinition.ActionCall action)
            throws Exception {
        String kind = attempt.isRevert() ? "revert" : "migrate";
        Observation.createNotStarted(MigrationMetrics.ACTION.id(), registry)
                .contextualName(kind + " " + attempt.id())
                .lowCardinalityKeyValue(value(MigrationMetricKeys.ENVIRONMENT, environment))
                .lowCardinalityKeyValue(value(MigrationMetricKeys.KIND, kind))
                .highCardinalityKeyValue(value(MigrationMetricKeys.MIGRATION_NUMBER, attempt.id()))
                .highCardinalityKeyValue(value(MigrationMetricKeys.ATTEMPT_NUMBER, attempt.number()))
                .highCardinalityKeyValue(value(
                        MigrationMetricKeys.DEPLOYMENT, Objects.requireNonNullElse(attempt.deployment(), "unknown")))
                .observeChecked(action::run);
    }

    private static KeyValue value(MigrationMetricKeys key, Object value) {
        return KeyValue.of(key.id(), value.toString());
    }
}
