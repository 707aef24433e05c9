package dev.migrate.spring.logging;

import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How fast an action goes, and when it will have ended if it goes on like that. */
final class ProgressRate {

    private final long startedAt;
    /** What was first heard of its progress: a resumed action does not begin at nothing. */
    private @Nullable Progress first;

    private long firstAt;
    private @Nullable Progress last;

    /** Of an action that starts now, by a clock of nanoseconds. */
    ProgressRate(long now) {
        this.startedAt = now;
    }

    Duration elapsed(long now) {
        return Duration.ofNanos(now - startedAt);
    }

    void update(@Nullable Progress progress, long now) {
        last = progress;
        if (first == null) {
            first = progress;
            firstAt = now;
        }
    }

    /** How long it has run, and what is known of how it goes on. */
    String done(long now) {
        Progress done = last;
        String elapsed = format(elapsed(now));
        if (done == null) {
            return elapsed;
        }
        String share = done.total() > 0 ? " (" + (int) (100.0 * done.done() / done.total()) + " %)" : "";
        return elapsed + ", " + done + share + " done" + speed(done, now);
    }

    private String speed(Progress done, long now) {
        Progress from = first;
        if (from == null || now <= firstAt || done.done() <= from.done()) {
            return "";
        }
        double rate = (done.done() - from.done()) / ((now - firstAt) / 1e9);
        String speed = String.format(Locale.ROOT, ", %.1f a second", rate);
        long left = done.total() - done.done();
        return left <= 0 ? speed : speed + ", about " + format(Duration.ofSeconds(Math.round(left / rate))) + " to go";
    }

    private static String format(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
