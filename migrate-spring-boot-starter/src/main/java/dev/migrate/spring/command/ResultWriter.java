package dev.migrate.spring.command;

import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.logging.Terminal;
import dev.migrate.spring.report.Problem;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes the result of a command to standard output, and a problem to standard error.
 *
 * @param colour whether to use the colours of a terminal
 */
record ResultWriter(MigrateProperties.Output format, PrintStream output, PrintStream errors, boolean colour) {

    /** Returns the writer for this process. */
    static ResultWriter of(MigrateProperties.Output format, PrintStream output) {
        return new ResultWriter(format, output, System.err, Terminal.isThere() && System.getenv("NO_COLOR") == null);
    }

    void print(String command, StartupContext context, CommandResult result) {
        Problem problem = result.problem();
        if (format == MigrateProperties.Output.JSON) {
            byte[] document = JsonResultFormatter.of(command, context, result).getBytes(StandardCharsets.UTF_8);
            output.write(document, 0, document.length);
        } else {
            output.print(new TextResultFormatter(context, Instant.now(), colour).of(result));
        }
        output.flush();
        if (problem != null) {
            errors.print(TextResultFormatter.of(problem));
            errors.flush();
        }
    }
}
