package dev.migrate.spring.metrics;

import java.util.Arrays;
import java.util.Locale;

/** The values of the tag {@code outcome}. */
enum MetricOutcome {
    APPLIED,
    FAILED,
    INTERRUPTED,
    REVERTED;

    String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String[] all() {
        return Arrays.stream(values()).map(MetricOutcome::value).toArray(String[]::new);
    }
}
