package dev.migrate.run;

import java.util.regex.Pattern;

/** What may be told of an exception outside the log: its class and message, short, without what looks like a secret. */
final class ErrorText {

    private static final int LONGEST = 1000;
    /** Causes can form a circle. */
    private static final int DEEPEST = 50;

    private static final String MASK = "***";
    private static final Pattern NAMED = Pattern.compile(
            "(?i)([\\w.-]*(?:password|passwd|pwd|secret|token|api[_-]?key|key|credentials?|authorization)[\\w.-]*"
                    + "[\"']?\\s*[=:]\\s*)(?:(?:bearer|basic|digest)\\s+)?(\"[^\"]*\"|'[^']*'|[^\\s,;&)\\]}]+)");
    private static final Pattern USER_INFO = Pattern.compile("(?i)([a-z][a-z0-9+.-]*://)[^/\\s@]+@");

    private ErrorText() {}

    /** The exception, and what was behind it: a framework often wraps what matters. */
    static String of(Throwable cause, boolean withMessage) {
        String text = one(cause, withMessage);
        Throwable behind = cause.getCause();
        for (int depth = 0; withMessage && behind != null && depth < DEEPEST; depth++) {
            String one = one(behind, true);
            // What wraps a cause often repeats it.
            if (!text.contains(one)) {
                text += "; caused by " + one;
            }
            behind = behind.getCause();
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    }

    private static String one(Throwable cause, boolean withMessage) {
        String name = cause.getClass().getName();
        String message = cause.getMessage();
        return withMessage && message != null && !message.isBlank() ? name + ": " + masked(message) : name;
    }

    static String masked(String text) {
        // Bounded before the patterns see it: nobody needs more, and an exception can quote a whole document.
        String bounded = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
        String masked = USER_INFO.matcher(bounded).replaceAll("$1" + MASK + "@");
        return NAMED.matcher(masked).replaceAll("$1" + MASK);
    }
}
