package dev.migrate.spring;

import dev.migrate.ledger.Ticker;
import java.time.Duration;
import java.time.Instant;

/** A clock that goes on when it is told to. */
public final class HandTicker implements Ticker {

    private long nanos = 1_000;

    public void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-11-20T10:00:00Z");
    }
}
