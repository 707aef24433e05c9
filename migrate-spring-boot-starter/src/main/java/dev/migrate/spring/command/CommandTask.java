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

/** {@code migrate.mode=once}: runs a command, writes its result, and ends the start. */
final class CommandTask implements StartupMode {

    private static final Logger log = LoggerFactory.getLogger(CommandTask.class);
    /** How long the store may be unavailable while an operator waits. */
    private static final Duration STORE_TIMEOUT = Duration.ofMinutes(1);

    private final MigrateProperties properties;
    private final List<String> arguments;
    private final ResultWriter writer;

    CommandTask(MigrateProperties properties, List<String> arguments, ResultWriter writer) {
        this.properties = properties;
        this.arguments = arguments;
        this.writer = writer;
    }

    @Override
    public MigrateProperties.Mode mode() {
        return MigrateProperties.Mode.ONCE;
    }

    @Override
    public void run(StartupContext context) {
        String word = "";
        CommandResult result;
        try {
            Command command = CommandLine.read(properties.command(), arguments);
            word = command.word();
            requireConfirmed(command, context);
            result = execute(command, context);
        } catch (RunCancelledException e) {
            throw e;
        } catch (MigrationException e) {
            result = new CommandResult.Failure(ExitCode.of(e, context::isOurs), Problem.of(e));
        } catch (RuntimeException e) {
            log.error("The command failed with an unexpected error", ForeignText.printable(e));
            result = new CommandResult.Failure(
                    ExitCode.UNEXPECTED,
                    new Problem(
                            "The command failed: " + ForeignText.safe(e.toString()),
                            "See the log for the stack trace."));
        }
        writer.print(word, context, result);
        throw new CommandCompletedException(result.exitCode());
    }

    private void requireConfirmed(Command command, StartupContext context) {
        String environment = context.settings().environment().value();
        String confirmed = properties.confirm();
        if (command.needsConfirmation() && !environment.equals(confirmed)) {
            throw new MigrateConfigurationException(
                    "The command '" + command.word() + "' would change what is applied in environment '" + environment
                            + "', whose ledger is in " + context.store().describe() + ", and "
                            + (confirmed == null
                                    ? "migrate.confirm is not set"
                                    : "migrate.confirm is '" + confirmed + "'")
                            + ". Nothing was changed.",
                    "If this is the intended environment, set migrate.confirm=" + environment
                            + " (or the environment variable MIGRATE_CONFIRM).");
        }
    }

    private CommandResult execute(Command command, StartupContext context) {
        RunnerSettings settings = context.settings();
        LedgerOperations operations = new LedgerOperations(context.store(), settings.environment(), STORE_TIMEOUT);
        QueryCommands queries = new QueryCommands(context, operations);
        RunCommands runs = new RunCommands(context, STORE_TIMEOUT);
        Operator operator = new Operator(settings.owner(), System.getProperty("user.name"));
        OperatorCommands changes = new OperatorCommands(context, operations, operator, properties.reason());
        if (command instanceof Command.Migrate migrate) {
            return runs.migrate(migrate.to());
        } else if (command instanceof Command.Plan plan) {
            return queries.plan(plan.to());
        } else if (command instanceof Command.Status) {
            return queries.status();
        } else if (command instanceof Command.History history) {
            return queries.history(history.id());
        } else if (command instanceof Command.Revert revert) {
            return runs.revert(revert.target(), operator, properties.reason());
        } else if (command instanceof Command.Stamp stamp) {
            return changes.stamp(stamp.to());
        } else if (command instanceof Command.Resolve resolve) {
            return changes.resolve(resolve.id());
        } else if (command instanceof Command.Retry retry) {
            return changes.retry(retry.id());
        } else if (command instanceof Command.Help) {
            return new CommandResult.Help(CommandLine.COMMANDS);
        }
        throw new IllegalStateException("unknown command " + command);
    }
}
