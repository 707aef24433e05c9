package dev.migrate.spring.logging;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person looks on.
 *
 * @since 0.1
 */
public final class Terminal {

    private Terminal() {}

    /**
     * Whether this process was started from a terminal, and writes to it.
     *
     * @return whether it was
     */
    public static boolean isThere() {
        return isTerminal(System.console());
    }

    /** Since Java 22 there can be a console that is none. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
