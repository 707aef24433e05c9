package dev.migrate.spring;

import dev.migrate.internal.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** A clock that goes on when it is told to. */
public final class ManualTimeSource implements TimeSource {

    private long nanos = 1_000;

    public void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public long monotonicNanos() {
        return nanos;
    }

    @Override
    public Instant wallTime() {
        return Instant.parse("2026-11-20T10:00:00Z");
    }
}
