package dev.migrate.spring.meter;

import dev.migrate.EnvironmentName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Makes the meters of an environment, as {@link Signal} has them. */
record Meters(MeterRegistry registry, Tags tags) {

    static Meters of(MeterRegistry registry, EnvironmentName environment) {
        return new Meters(registry, Tags.of(SignalKey.ENVIRONMENT.id(), environment.value()));
    }

    Timer timer(Signal signal) {
        return timer(signal, tags);
    }

    Timer timer(Signal signal, Outcome outcome) {
        return timer(signal, tags.and(SignalKey.OUTCOME.id(), outcome.value()));
    }

    private Timer timer(Signal signal, Tags all) {
        return Timer.builder(signal.id())
                .description(signal.description())
                .tags(all)
                .register(registry);
    }

    Stopwatch stopwatch(Signal active) {
        LongTaskTimer timer = LongTaskTimer.builder(active.id())
                .description(active.description())
                .tags(tags)
                .register(registry);
        return new Stopwatch(registry, timer);
    }

    Counter counter(Signal signal) {
        return Counter.builder(signal.id())
                .description(signal.description())
                .tags(tags)
                .register(registry);
    }

    void gauge(Signal signal, DoubleSupplier value) {
        Supplier<Number> boxed = value::getAsDouble;
        Gauge.builder(signal.id(), boxed)
                .description(signal.description())
                .tags(tags)
                .register(registry);
    }
}
