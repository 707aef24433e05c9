package dev.migrate.spring.report;

import dev.migrate.internal.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats times, durations and long names for people.
 *
 * @since 0.1
 */
public final class DisplayFormats {

    private static final int MAX_NOTE_LENGTH = 60;
    private static final int MAX_NAME_LENGTH = 24;

    private DisplayFormats() {}

    /**
     * Formats a duration with a suitable precision.
     *
     * @param duration the duration, or null
     * @return such as {@code 12.3 s}; empty for null
     */
    public static String duration(@Nullable Duration duration) {
        if (duration == null) {
            return "";
        }
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 59_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return Durations.format(Duration.ofSeconds(Math.round(millis / 1000.0)));
    }

    /**
     * Formats a time to the second, in UTC.
     *
     * @param time the time, or null
     * @return such as {@code 2026-11-20T12:00:03Z}; empty for null
     */
    public static String time(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Formats a time and its age. The clocks of processes differ, so a time in the future has no age.
     *
     * @param time the time, or null
     * @param now the current time
     * @return the time and its age; empty for null
     */
    public static String when(@Nullable Instant time, Instant now) {
        String ago = ago(time, now);
        return ago.isEmpty() ? time(time) : time(time) + ", " + ago;
    }

    /**
     * Formats the age of a time.
     *
     * @param time the time, or null
     * @param now the current time
     * @return such as {@code 3 min ago}; empty for null and for a time in the future
     */
    public static String ago(@Nullable Instant time, Instant now) {
        long seconds = time == null ? -1 : Duration.between(time, now).toSeconds();
        if (seconds < 0) {
            return "";
        }
        String ago = seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min"
                        : seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
        return ago + " ago";
    }

    /**
     * Formats how long a state has lasted, in words.
     *
     * @param since the start
     * @param now the current time
     * @return such as {@code 3 minutes}
     */
    public static String lasting(Instant since, Instant now) {
        long seconds = Duration.between(since, now).toSeconds();
        if (seconds < 60) {
            return "less than a minute";
        }
        if (seconds < 3600) {
            return count((int) (seconds / 60), "minute", "minutes");
        }
        return seconds < 172_800
                ? count((int) (seconds / 3600), "hour", "hours")
                : count((int) (seconds / 86_400), "day", "days");
    }

    /**
     * Shortens a name that is too long for a table, such as a digest.
     *
     * @param name the name, or null
     * @return at most 24 characters; empty for null
     */
    public static String brief(@Nullable String name) {
        if (name == null) {
            return "";
        }
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH - 2) + "..";
    }

    /**
     * Shortens a sentence that is too long for a table.
     *
     * @param sentence the sentence, or null
     * @return at most 60 characters; empty for null
     */
    public static String beginning(@Nullable String sentence) {
        if (sentence == null) {
            return "";
        }
        return sentence.length() <= MAX_NOTE_LENGTH ? sentence : sentence.substring(0, MAX_NOTE_LENGTH - 1) + "…";
    }

    /**
     * Formats a count.
     *
     * @param number the count
     * @param one the singular
     * @param many the plural
     * @return the number and the noun
     */
    public static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
