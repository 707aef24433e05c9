package dev.migrate.spring.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times and long names as a person reads them. */
final class Words {

    private static final int LONGEST_NOTE = 60;
    private static final int LONGEST_NAME = 24;

    private Words() {}

    static String duration(@Nullable Duration duration) {
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
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    static String time(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The time, and how long ago it was; clocks differ, so what seems to be to come is not said to be. */
    static String when(@Nullable Instant time, Instant now) {
        if (time == null) {
            return "";
        }
        long seconds = Duration.between(time, now).toSeconds();
        if (seconds < 0) {
            return time(time);
        }
        String ago = seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min"
                        : seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
        return time(time) + ", " + ago + " ago";
    }

    /** The beginning of a name that is too long for a table, such as a digest. */
    static String brief(@Nullable String name) {
        if (name == null) {
            return "";
        }
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 2) + "..";
    }

    /** The beginning of a sentence that is too long for a table. */
    static String beginning(@Nullable String sentence) {
        if (sentence == null) {
            return "";
        }
        return sentence.length() <= LONGEST_NOTE ? sentence : sentence.substring(0, LONGEST_NOTE - 1) + "…";
    }

    static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
