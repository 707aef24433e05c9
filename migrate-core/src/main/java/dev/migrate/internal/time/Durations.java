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

    /**
     * A duration for people, rounded down: its two largest units.
     *
     * @param duration the duration
     * @return such as {@code 12 s}, {@code 5 min 3 s} or {@code 2 h 5 min}
     */
    public static String format(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
