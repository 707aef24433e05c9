package dev.migrate.testing;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What some tests need of the machine and cannot bring along. A test whose requirement is missing is skipped, and the reason
 * is printed. The environment variable {@code MIGRATE_CI_REQUIRE} lists requirements, separated by commas, that must not be
 * missing: then such a test fails.
 */
public enum Requirement {
    /** A Docker daemon, and the image that the test names. */
    DOCKER,
    /** The tool of Prometheus that tests rules. */
    PROMTOOL,
    /** A Chromium that renders pages. */
    CHROMIUM,
    /** A user who may not write everywhere, unlike root. */
    UNPRIVILEGED;

    /** The name of the environment variable. */
    public static final String VARIABLE = "MIGRATE_CI_REQUIRE";

    /** Skips the test that calls it, or fails it, unless the requirement is there. */
    public void check(boolean there, String otherwise) {
        if (there) {
            return;
        }
        if (isMandatory()) {
            Assertions.fail(mandatory(otherwise));
        }
        Assumptions.abort(skipped(otherwise));
    }

    /** Whether a test fails where this is missing. */
    public boolean isMandatory() {
        return mandatory(System.getenv(VARIABLE), this);
    }

    /** Says why a test fails. */
    public String mandatory(String reason) {
        return VARIABLE + " lists " + word() + ", and " + reason;
    }

    /** Says why a test is skipped, on the console too. */
    public String skipped(String reason) {
        System.out.println("skipped for want of " + word() + ": " + reason + " (" + VARIABLE + "=" + word()
                + " makes this a failure)");
        return reason;
    }

    static boolean mandatory(String listed, Requirement requirement) {
        return parse(listed).contains(requirement);
    }

    private static Set<Requirement> parse(String listed) {
        Set<Requirement> all = EnumSet.noneOf(Requirement.class);
        for (String word : listed == null ? new String[0] : listed.split(",")) {
            if (!word.isBlank()) {
                all.add(Arrays.stream(values())
                        .filter(known -> known.word().equals(word.strip()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(VARIABLE + " lists '" + word.strip()
                                + "', which is none of " + words() + ". Correct the variable.")));
            }
        }
        return all;
    }

    private static String words() {
        return String.join(", ", Arrays.stream(values()).map(Requirement::word).toList());
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
