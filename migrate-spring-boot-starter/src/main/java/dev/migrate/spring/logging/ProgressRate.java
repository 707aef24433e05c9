package dev.migrate.spring.logging;

import dev.migrate.internal.time.Durations;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Computes the rate of an action's progress and estimates the remaining time. */
final class ProgressRate {

    private final long startedAt;
    /** The first reported progress; a resumed action does not begin at zero. */
    private @Nullable Progress first;

    private long firstAt;
    private @Nullable Progress last;

    /** Starts at the given time of the monotonic clock, in nanoseconds. */
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

    /** Returns the elapsed time and, if known, the progress, the rate and the remaining time. */
    String done(long now) {
        Progress done = last;
        String elapsed = Durations.format(elapsed(now));
        if (done == null) {
            return elapsed;
        }
        String share = done.total() > 0 ? " (" + (int) (100.0 * done.done() / done.total()) + " %)" : "";
        return elapsed + ", " + done + share + " done" + speed(done, now);
    }

    private String speed(Progress done, long now) {
        Progress initial = first;
        if (initial == null || now <= firstAt || done.done() <= initial.done()) {
            return "";
        }
        double rate = (done.done() - initial.done()) / ((now - firstAt) / 1e9);
        String speed = String.format(Locale.ROOT, ", %.1f a second", rate);
        long left = done.total() - done.done();
        return left <= 0
                ? speed
                : speed + ", about " + Durations.format(Duration.ofSeconds(Math.round(left / rate))) + " to go";
    }
}
