package dev.migrate.spring.meter;

import java.util.Arrays;
import java.util.Locale;

/** How an attempt ended, as a tag says it. */
enum Outcome {
    APPLIED,
    FAILED,
    INTERRUPTED,
    REVERTED;

    String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String[] all() {
        return Arrays.stream(values()).map(Outcome::value).toArray(String[]::new);
    }
}
