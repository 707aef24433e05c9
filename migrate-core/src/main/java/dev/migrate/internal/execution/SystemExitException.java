package dev.migrate.internal.execution;

import java.util.Arrays;

/** An action that called {@link System#exit}: its stack trace is the one of the action's thread. */
public final class SystemExitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The frame from which a thread never returns: it runs the shutdown hooks, or waits while another thread does. */
    private static final String SHUTDOWN = "java.lang.Shutdown";

    SystemExitException(StackTraceElement[] stack) {
        super("The action called System.exit" + caller(stack) + " and ended the process before it returned.");
        setStackTrace(stack);
    }

    static boolean isInside(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals(SHUTDOWN)
                        && frame.getMethodName().equals("exit"));
    }

    private static String caller(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !frame.getClassName().startsWith("java."))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
    }
}
