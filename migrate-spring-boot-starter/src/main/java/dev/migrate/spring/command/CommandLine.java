package dev.migrate.spring.command;

import dev.migrate.MigrationId;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.spring.MigrateConfigurationException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Reads what an operator typed. */
final class CommandLine {

    static final String COMMANDS =
            """
            The commands are:
              migrate [to]          run what is pending, up to a number if one is given (the default)
              plan [to]             say what 'migrate' would do; changes nothing
              status                say how every migration stands; changes nothing
              history [id]          say what happened, and who did what; changes nothing
              revert last|all|<to>  revert the last one, all, or all above a number, which stays applied
              stamp <to>            count all up to a number as applied, without running them
              resolve <id>          count one that failed or was interrupted as finished
              retry <id>            allow another start of one that failed or was interrupted
              help                  say this; changes nothing""";

    /** The argument that asks for no more than to be told; whatever else is said then is not done. */
    static final String HELP = "--help";

    private final List<String> words;

    private CommandLine(List<String> words) {
        this.words = words;
    }

    /**
     * Reads the command.
     *
     * @param property the value of migrate.command, or null
     * @param arguments the arguments of the application that are no options
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
                    "Leave one of them out.");
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
                        "does not say how much is to be reverted",
                        "Say 'revert last', 'revert all', or 'revert' and the number of the last migration that is to stay"
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
                    "does not say which migration is meant",
                    "Give its number, such as '" + words.get(0) + " 0003'; command 'status' lists them.");
        }
        String text = words.get(1);
        return MigrationId.parse(text)
                .orElseThrow(() -> wrong(
                        "names '" + text + "', which is no sequence number",
                        "Give 4 to 18 digits, such as '" + words.get(0) + " 0003'; command 'status' lists them."));
    }

    private void atMost(int arguments) {
        if (words.size() > arguments + 1) {
            throw wrong(
                    "takes " + (arguments == 0 ? "nothing more" : "one word more") + ", not '"
                            + String.join(" ", words.subList(arguments + 1, words.size())) + "'",
                    COMMANDS);
        }
    }

    private MigrateConfigurationException wrong(String what, String action) {
        return new MigrateConfigurationException(
                "The command '" + String.join(" ", words) + "' " + what + ". Nothing was done.", action);
    }
}
