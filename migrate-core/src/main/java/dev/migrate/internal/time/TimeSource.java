package dev.migrate.internal.time;

import java.time.Instant;

/**
 * Time, in both its kinds. Safety rests on neither.
 *
 * @since 0.1
 */
public interface TimeSource {

    /**
     * The process's own monotonic time, for how long something took.
     *
     * @return nanoseconds from an arbitrary moment
     */
    long monotonicNanos();

    /**
     * The time of day, for records that people read. Never compared with a stored one.
     *
     * @return now
     */
    Instant wallTime();

    /** The clocks of this machine. */
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }

        @Override
        public Instant wallTime() {
            return Instant.ofEpochMilli(System.currentTimeMillis());
        }
    };
}
