package dev.migrate.spring.command;

import dev.migrate.MigrationException;
import dev.migrate.ledger.Operator;
import dev.migrate.run.LedgerDesk;
import dev.migrate.run.MigrationsStoppedException;
import dev.migrate.run.RunnerSettings;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartTask;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.report.Problem;
import dev.migrate.text.ForeignText;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code migrate.mode=once}: does what the operator asks for, gives the answer, and ends the start. */
final class CommandTask implements StartTask {

    private static final Logger log = LoggerFactory.getLogger(CommandTask.class);
    /** How long a store may give no answer while a person waits. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MigrateProperties properties;
    private final List<String> arguments;
    private final Printer printer;

    CommandTask(MigrateProperties properties, List<String> arguments, Printer printer) {
        this.properties = properties;
        this.arguments = arguments;
        this.printer = printer;
    }

    @Override
    public MigrateProperties.Mode mode() {
        return MigrateProperties.Mode.ONCE;
    }

    @Override
    public void run(Workplace place) {
        String word = "";
        Answer answer;
        try {
            Command command = CommandLine.read(properties.command(), arguments);
            word = command.word();
            requireConfirmed(command, place);
            answer = answer(command, place);
        } catch (MigrationsStoppedException e) {
            throw e;
        } catch (MigrationException e) {
            answer = new Answer.Nothing(ExitCode.of(e, place::isOurs), Problem.of(e));
        } catch (RuntimeException e) {
            log.error("The command failed in a way that nobody thought of", ForeignText.printable(e));
            answer = new Answer.Nothing(
                    ExitCode.UNEXPECTED,
                    new Problem("The command failed: " + ForeignText.safe(e.toString()), "The log tells more."));
        }
        printer.print(word, place, answer);
        throw new CommandEndedException(answer.exitCode());
    }

    private void requireConfirmed(Command command, Workplace place) {
        String environment = place.settings().environment().value();
        String confirmed = properties.confirm();
        if (command.needsConfirmation() && !environment.equals(confirmed)) {
            throw new MigrateConfigurationException(
                    "The command '" + command.word() + "' would change what is applied in environment '" + environment
                            + "', whose ledger is in " + place.store().describe() + ", and "
                            + (confirmed == null
                                    ? "migrate.confirm is not set"
                                    : "migrate.confirm is '" + confirmed + "'")
                            + ". Nothing was changed.",
                    "If that is the environment you mean, set migrate.confirm=" + environment
                            + " (or the environment variable MIGRATE_CONFIRM).");
        }
    }

    private Answer answer(Command command, Workplace place) {
        RunnerSettings settings = place.settings();
        LedgerDesk desk = new LedgerDesk(place.store(), settings.environment(), PATIENCE);
        Reading reading = new Reading(place, desk);
        Executing executing = new Executing(place, PATIENCE);
        Operator by = new Operator(settings.owner(), System.getProperty("user.name"));
        Deciding deciding = new Deciding(place, desk, by, properties.reason());
        if (command instanceof Command.Migrate migrate) {
            return executing.migrate(migrate.to());
        } else if (command instanceof Command.Plan plan) {
            return reading.plan(plan.to());
        } else if (command instanceof Command.Status) {
            return reading.status();
        } else if (command instanceof Command.History history) {
            return reading.history(history.id());
        } else if (command instanceof Command.Revert revert) {
            return executing.revert(revert.target(), by, properties.reason());
        } else if (command instanceof Command.Stamp stamp) {
            return deciding.stamp(stamp.to());
        } else if (command instanceof Command.Resolve resolve) {
            return deciding.resolve(resolve.id());
        } else if (command instanceof Command.Retry retry) {
            return deciding.retry(retry.id());
        } else if (command instanceof Command.Help) {
            return new Answer.Help(CommandLine.COMMANDS);
        }
        throw new IllegalStateException("nobody does " + command);
    }
}
