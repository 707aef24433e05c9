package dev.migrate.spring.command;

import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.Workplace;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives an answer: what was asked for on standard output, what went wrong on standard error.
 *
 * @param colour whether a person looks at it on a terminal
 */
record Printer(MigrateProperties.Output form, PrintStream output, PrintStream errors, boolean colour) {

    /** For a process that was started like this. */
    static Printer of(MigrateProperties.Output form, PrintStream output) {
        return new Printer(form, output, System.err, isTerminal(System.console()) && System.getenv("NO_COLOR") == null);
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

    void print(String command, Workplace place, Answer answer) {
        Answer.Problem problem = answer.problem();
        if (form == MigrateProperties.Output.JSON) {
            byte[] document = JsonAnswer.of(command, place, answer).getBytes(StandardCharsets.UTF_8);
            output.write(document, 0, document.length);
        } else {
            output.print(new TextAnswer(place, Instant.now(), colour).of(answer));
        }
        output.flush();
        if (problem != null) {
            errors.print(TextAnswer.of(problem));
            errors.flush();
        }
    }
}
