package dev.migrate.spring.meter;

import dev.migrate.EnvironmentName;
import dev.migrate.ledger.Attempt;
import dev.migrate.run.MigrationDefinition;
import dev.migrate.spring.ActionSurrounding;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;

/** Observes every action, in whose scope it runs: what the action calls is observed as a part of it. */
record ActionObservation(ObservationRegistry registry) implements ActionSurrounding {

    @Override
    public void surround(EnvironmentName environment, Attempt attempt, MigrationDefinition.ActionCall action)
            throws Exception {
        String kind = attempt.reverts() ? "revert" : "migrate";
        Observation.createNotStarted(Signal.ACTION.id(), registry)
                .contextualName(kind + " " + attempt.id())
                .lowCardinalityKeyValue(value(SignalKey.ENVIRONMENT, environment))
                .lowCardinalityKeyValue(value(SignalKey.KIND, kind))
                .highCardinalityKeyValue(value(SignalKey.MIGRATION_NUMBER, attempt.id()))
                .highCardinalityKeyValue(value(SignalKey.ATTEMPT_NUMBER, attempt.number()))
                .highCardinalityKeyValue(
                        value(SignalKey.DEPLOYMENT, Objects.requireNonNullElse(attempt.deployment(), "unknown")))
                .observeChecked(action::run);
    }

    private static KeyValue value(SignalKey key, Object value) {
        return KeyValue.of(key.id(), value.toString());
    }
}
