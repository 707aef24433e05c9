package dev.migrate.spring.metrics;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/** Times an activity: visible in a long task timer while it lasts, recorded in a timer when it ends. */
final class Stopwatch {

    private final MeterRegistry registry;
    private final LongTaskTimer active;
    private @Nullable Measurement measurement;

    private record Measurement(LongTaskTimer.Sample activeSample, Timer.Sample sample) {}

    Stopwatch(MeterRegistry registry, LongTaskTimer active) {
        this.registry = registry;
        this.active = active;
    }

    /** Starts the measurement, unless it is running. */
    void begin() {
        if (measurement == null) {
            measurement = new Measurement(active.start(), Timer.start(registry));
        }
    }

    /** Stops and records the measurement, if it is running. */
    void end(Timer timer) {
        if (measurement != null) {
            measurement.sample.stop(timer);
        }
        drop();
    }

    /** Stops the measurement without recording it. */
    void drop() {
        if (measurement != null) {
            measurement.activeSample.stop();
            measurement = null;
        }
    }
}
