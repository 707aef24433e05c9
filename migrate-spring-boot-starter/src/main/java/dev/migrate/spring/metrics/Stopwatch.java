package dev.migrate.spring.metrics;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/** Times what lasts: to be seen while it does, and recorded when it ends. */
final class Stopwatch {

    private final MeterRegistry registry;
    private final LongTaskTimer active;
    private @Nullable Measurement measurement;

    private record Measurement(LongTaskTimer.Sample lasting, Timer.Sample sample) {}

    Stopwatch(MeterRegistry registry, LongTaskTimer active) {
        this.registry = registry;
        this.active = active;
    }

    /** Begins, unless it has begun. */
    void begin() {
        if (measurement == null) {
            measurement = new Measurement(active.start(), Timer.start(registry));
        }
    }

    /** Records how long it took, if it has begun. */
    void end(Timer timer) {
        if (measurement != null) {
            measurement.sample.stop(timer);
        }
        drop();
    }

    /** Ends without a record. */
    void drop() {
        if (measurement != null) {
            measurement.lasting.stop();
            measurement = null;
        }
    }
}
