package dev.migrate.spring.logging;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/**
 * Detects an interactive terminal.
 *
 * @since 0.1
 */
public final class Terminal {

    private Terminal() {}

    /**
     * Tells whether this process reads from and writes to a terminal.
     *
     * @return true if the process has an interactive console
     */
    public static boolean isThere() {
        return isTerminal(System.console());
    }

    /** Since Java 22, a console need not be a terminal. */
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
