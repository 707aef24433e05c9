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

/** Registers the meters of {@link MigrationMetrics} for one environment. */
record Meters(MeterRegistry registry, Tags tags) {

    static Meters of(MeterRegistry registry, EnvironmentName environment) {
        return new Meters(registry, Tags.of(MigrationMetricKeys.ENVIRONMENT.id(), environment.value()));
    }

    Timer timer(MigrationMetrics metric) {
        return timer(metric, tags);
    }

    Timer timer(MigrationMetrics metric, MetricOutcome outcome) {
        return timer(metric, tags.and(MigrationMetricKeys.OUTCOME.id(), outcome.value()));
    }

    private Timer timer(MigrationMetrics metric, Tags all) {
        return Timer.builder(metric.id())
                .description(metric.description())
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

    Counter counter(MigrationMetrics metric) {
        return Counter.builder(metric.id())
                .description(metric.description())
                .tags(tags)
                .register(registry);
    }

    void gauge(MigrationMetrics metric, DoubleSupplier value) {
        Supplier<Number> boxed = value::getAsDouble;
        Gauge.builder(metric.id(), boxed)
                .description(metric.description())
                .tags(tags)
                .register(registry);
    }
}
