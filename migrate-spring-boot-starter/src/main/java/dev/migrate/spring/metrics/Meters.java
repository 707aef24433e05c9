package dev.migrate.spring.metrics;

import dev.migrate.EnvironmentName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Makes the meters of an environment, as {@link MigrationMetrics} has them. */
record Meters(MeterRegistry registry, Tags tags) {

    static Meters of(MeterRegistry registry, EnvironmentName environment) {
        return new Meters(registry, Tags.of(MigrationMetricKeys.ENVIRONMENT.id(), environment.value()));
    }

    Timer timer(MigrationMetrics signal) {
        return timer(signal, tags);
    }

    Timer timer(MigrationMetrics signal, MetricOutcome outcome) {
        return timer(signal, tags.and(MigrationMetricKeys.OUTCOME.id(), outcome.value()));
    }

    private Timer timer(MigrationMetrics signal, Tags all) {
        return Timer.builder(signal.id())
                .description(signal.description())
                .tags(all)
                .register(registry);
    }

    Stopwatch stopwatch(MigrationMetrics active) {
        LongTaskTimer timer = LongTaskTimer.builder(active.id())
                .description(active.description())
                .tags(tags)
                .register(registry);
        return new Stopwatch(registry, timer);
    }

    Counter counter(MigrationMetrics signal) {
        return Counter.builder(signal.id())
                .description(signal.description())
                .tags(tags)
                .register(registry);
    }

    void gauge(MigrationMetrics signal, DoubleSupplier value) {
        Supplier<Number> boxed = value::getAsDouble;
        Gauge.builder(signal.id(), boxed)
                .description(signal.description())
                .tags(tags)
                .register(registry);
    }
}
