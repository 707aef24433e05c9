package dev.migrate.spring.command;

import dev.migrate.MigrationException;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.operations.LedgerOperations;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.StartupMode;
import dev.migrate.spring.report.Problem;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code migrate.mode=once}: does what the operator asks for, gives the answer, and ends the start. */
final class CommandTask implements StartupMode {

    private static final Logger log = LoggerFactory.getLogger(CommandTask.class);
    /** How long a store may give no answer while a person waits. */
    private static final Duration STORE_TIMEOUT = Duration.ofMinutes(1);

    private final MigrateProperties properties;
    private final List<String> arguments;
    private final ResultWriter printer;

    CommandTask(MigrateProperties properties, List<String> arguments, ResultWriter printer) {
        this.properties = properties;
        this.arguments = arguments;
        this.printer = printer;
    }

    @Override
    public MigrateProperties.Mode mode() {
        return MigrateProperties.Mode.ONCE;
    }

    @Override
    public void run(StartupContext place) {
        String word = "";
        CommandResult answer;
        try {
            Command command = CommandLine.read(properties.command(), arguments);
            word = command.word();
            requireConfirmed(command, place);
            answer = answer(command, place);
        } catch (RunCancelledException e) {
            throw e;
        } catch (MigrationException e) {
            answer = new CommandResult.Failure(ExitCode.of(e, place::isOurs), Problem.of(e));
        } catch (RuntimeException e) {
            log.error("The command failed with an unexpected error", ForeignText.printable(e));
            answer = new CommandResult.Failure(
                    ExitCode.UNEXPECTED,
                    new Problem("The command failed: " + ForeignText.safe(e.toString()), "The log tells more."));
        }
        printer.print(word, place, answer);
        throw new CommandCompletedException(answer.exitCode());
    }

    private void requireConfirmed(Command command, StartupContext place) {
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

    private CommandResult answer(Command command, StartupContext place) {
        RunnerSettings settings = place.settings();
        LedgerOperations desk = new LedgerOperations(place.store(), settings.environment(), STORE_TIMEOUT);
        QueryCommands reading = new QueryCommands(place, desk);
        RunCommands executing = new RunCommands(place, STORE_TIMEOUT);
        Operator by = new Operator(settings.owner(), System.getProperty("user.name"));
        OperatorCommands deciding = new OperatorCommands(place, desk, by, properties.reason());
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
            return new CommandResult.Help(CommandLine.COMMANDS);
        }
        throw new IllegalStateException("nobody does " + command);
    }
}
