package dev.migrate.internal.execution;

import dev.migrate.internal.text.ForeignText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A summary of an exception that is safe outside the log: its class and message and those of its causes, in one printable line,
 * without what looks like a secret. At most 1,000 characters of the messages are looked at.
 */
final class ErrorSummary {

    private static final int MAX_CAUSES = 50;

    private ErrorSummary() {}

    /** The exception, and what was behind it: a framework often wraps what matters. */
    static String of(Throwable cause, boolean withMessage) {
        if (!withMessage) {
            return cause.getClass().getName();
        }
        StringBuilder text = new StringBuilder();
        // Causes can form a circle.
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        int room = ForeignText.LONGEST;
        Throwable one = cause;
        while (one != null && room > 0 && seen.add(one) && seen.size() <= MAX_CAUSES) {
            String name = one.getClass().getName();
            String message = message(one);
            String summary = message == null ? name : name + ": " + ForeignText.safe(message, room - name.length() - 2);
            // What wraps a cause often repeats it.
            if (text.indexOf(summary) < 0) {
                text.append(text.isEmpty() ? "" : "; caused by ").append(summary);
                room = ForeignText.LONGEST - text.length();
            }
            one = one.getCause();
        }
        return text.length() > ForeignText.LONGEST ? text.substring(0, ForeignText.LONGEST - 1) + "…" : text.toString();
    }

    @SuppressWarnings("CatchingUnchecked") // what others made of their exception must not hide that it was thrown
    private static @Nullable String message(Throwable one) {
        try {
            String message = one.getMessage();
            return message == null || message.isBlank() ? null : message;
        } catch (Throwable e) {
            return "its message is not available";
        }
    }
}
