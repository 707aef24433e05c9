package dev.migrate.spring.command;

import dev.migrate.MigrationId;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.spring.MigrateConfigurationException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Parses a command. */
final class CommandLine {

    static final String COMMANDS =
            """
            The commands are:
              migrate [to]          run the pending migrations, all or up to a number (the default)
              plan [to]             show what 'migrate' would do; changes nothing
              status                show the state of every migration; changes nothing
              history [id]          show all events and operator commands; changes nothing
              revert last|all|<to>  revert the last migration, all, or all above a number
              stamp <to>            record all up to a number as applied, without running them
              resolve <id>          record a failed or interrupted migration as applied
              retry <id>            allow another attempt of a failed or interrupted migration
              help                  show this list; changes nothing""";

    /** The argument that runs the command {@code help} and nothing else. */
    static final String HELP = "--help";

    private final List<String> words;

    private CommandLine(List<String> words) {
        this.words = words;
    }

    /**
     * Parses the command.
     *
     * @param property the value of migrate.command, or null
     * @param arguments the non-option arguments of the application
     * @throws MigrateConfigurationException if there is no such command, or it is given twice
     */
    static Command read(@Nullable String property, List<String> arguments) {
        if (arguments.contains(HELP)) {
            return new Command.Help();
        }
        boolean given = StringUtils.hasText(property);
        if (given && !arguments.isEmpty()) {
            throw new MigrateConfigurationException(
                    "Two commands are given: migrate.command is '" + property + "', and the arguments say '"
                            + String.join(" ", arguments) + "'. Nothing was done.",
                    "Remove one of them.");
        }
        List<String> words = given
                ? Arrays.asList(StringUtils.tokenizeToStringArray(property, " \t\r\n"))
                : arguments.stream()
                        .flatMap(argument -> Arrays.stream(StringUtils.tokenizeToStringArray(argument, " \t\r\n")))
                        .toList();
        return new CommandLine(words.isEmpty() ? List.of("migrate") : words).command();
    }

    private Command command() {
        return switch (words.get(0)) {
            case "migrate" -> new Command.Migrate(optionalId());
            case "plan" -> new Command.Plan(optionalId());
            case "status" -> {
                atMost(0);
                yield new Command.Status();
            }
            case "history" -> new Command.History(optionalId());
            case "revert" -> new Command.Revert(target());
            case "stamp" -> new Command.Stamp(id());
            case "resolve" -> new Command.Resolve(id());
            case "retry" -> new Command.Retry(id());
            case "help", HELP, "-h" -> new Command.Help();
            default ->
                throw new MigrateConfigurationException(
                        "There is no command '" + words.get(0) + "'. Nothing was done.", COMMANDS);
        };
    }

    private RevertTarget target() {
        atMost(1);
        return switch (words.size() < 2 ? "" : words.get(1)) {
            case "" ->
                throw wrong(
                        "does not specify what to revert",
                        "Use 'revert last', 'revert all', or 'revert' and the number of the last migration that stays"
                                + " applied.");
            case "last" -> RevertTarget.last();
            case "all" -> RevertTarget.all();
            default -> RevertTarget.to(id());
        };
    }

    private @Nullable MigrationId optionalId() {
        return words.size() < 2 ? null : id();
    }

    private MigrationId id() {
        atMost(1);
        if (words.size() < 2) {
            throw wrong(
                    "does not specify a migration",
                    "Add its number, such as '" + words.get(0) + " 0003'; command 'status' lists them.");
        }
        String text = words.get(1);
        return MigrationId.parse(text)
                .orElseThrow(() -> wrong(
                        "names '" + text + "', which is not a sequence number",
                        "Use 4 to 18 digits, such as '" + words.get(0) + " 0003'; command 'status' lists them."));
    }

    private void atMost(int arguments) {
        if (words.size() > arguments + 1) {
            throw wrong(
                    "takes " + (arguments == 0 ? "no argument" : "one argument") + ", not '"
                            + String.join(" ", words.subList(arguments + 1, words.size())) + "'",
                    COMMANDS);
        }
    }

    private MigrateConfigurationException wrong(String what, String action) {
        return new MigrateConfigurationException(
                "The command '" + String.join(" ", words) + "' " + what + ". Nothing was done.", action);
    }
}
