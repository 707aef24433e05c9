package dev.migrate.internal.protocol;

import dev.migrate.internal.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * Clocks that run so many times as fast as the machine's: what takes a minute in production takes a second, and the
 * runner's own settings need not be touched.
 */
record FastClock(int times) implements TimeSource {

    @Override
    public long monotonicNanos() {
        return System.nanoTime() * times;
    }

    @Override
    public Instant wallTime() {
        return Instant.now();
    }

    /** What a time by these clocks is by the machine's. */
    Duration real(Duration time) {
        return time.dividedBy(times);
    }
}
