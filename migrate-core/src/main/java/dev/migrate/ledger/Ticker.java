package dev.migrate.ledger;

import java.time.Instant;

/**
 * Time, in both its kinds. Safety rests on neither.
 *
 * @since 0.1
 */
public interface Ticker {

    /**
     * The process's own monotonic time, for how long something took.
     *
     * @return nanoseconds from an arbitrary moment
     */
    long nanos();

    /**
     * The time of day, for records that people read. Never compared with a stored one.
     *
     * @return now
     */
    Instant now();

    /** The clocks of this machine. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.ofEpochMilli(System.currentTimeMillis());
        }
    };
}
