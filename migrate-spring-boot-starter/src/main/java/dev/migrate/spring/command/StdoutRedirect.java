package dev.migrate.spring.command;

import java.io.PrintStream;

/** Redirects standard output to standard error, so that the log does not mix with the result of a command. */
final class StdoutRedirect extends PrintStream {

    private final PrintStream original;

    private StdoutRedirect(PrintStream original) {
        super(System.err, true);
        this.original = original;
    }

    /** Redirects standard output, and returns the original. */
    static PrintStream original() {
        if (System.out instanceof StdoutRedirect redirect) {
            return redirect.original;
        }
        PrintStream original = System.out;
        System.setOut(new StdoutRedirect(original));
        return original;
    }
}
