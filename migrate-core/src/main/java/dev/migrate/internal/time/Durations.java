package dev.migrate.internal.time;

import java.time.Duration;

/**
 * What {@link Duration} lacks.
 *
 * @since 0.1
 */
public final class Durations {

    private Durations() {}

    /**
     * The shorter of two durations.
     *
     * @param one a duration
     * @param other another
     * @return the shorter
     */
    public static Duration min(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? other : one;
    }
}
