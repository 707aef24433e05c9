package dev.migrate.spring.command;

import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.logging.Terminal;
import dev.migrate.spring.report.Problem;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Gives an answer: what was asked for on standard output, what went wrong on standard error.
 *
 * @param colour whether a person looks at it on a terminal
 */
record ResultWriter(MigrateProperties.Output form, PrintStream output, PrintStream errors, boolean colour) {

    /** For a process that was started like this. */
    static ResultWriter of(MigrateProperties.Output form, PrintStream output) {
        return new ResultWriter(form, output, System.err, Terminal.isThere() && System.getenv("NO_COLOR") == null);
    }

    void print(String command, StartupContext place, CommandResult answer) {
        Problem problem = answer.problem();
        if (form == MigrateProperties.Output.JSON) {
            byte[] document = JsonResultFormatter.of(command, place, answer).getBytes(StandardCharsets.UTF_8);
            output.write(document, 0, document.length);
        } else {
            output.print(new TextResultFormatter(place, Instant.now(), colour).of(answer));
        }
        output.flush();
        if (problem != null) {
            errors.print(TextResultFormatter.of(problem));
            errors.flush();
        }
    }
}
