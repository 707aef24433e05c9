package dev.migrate.spring.command;

import java.io.PrintStream;

/** Standard output that goes to standard error, where the log belongs when somebody reads the answer of a command. */
final class StdoutRedirect extends PrintStream {

    private final PrintStream own;

    private StdoutRedirect(PrintStream own) {
        super(System.err, true);
        this.own = own;
    }

    /** The process's own standard output; whatever else is printed to it goes to standard error from now on. */
    static PrintStream own() {
        if (System.out instanceof StdoutRedirect diverted) {
            return diverted.own;
        }
        PrintStream own = System.out;
        System.setOut(new StdoutRedirect(own));
        return own;
    }
}
