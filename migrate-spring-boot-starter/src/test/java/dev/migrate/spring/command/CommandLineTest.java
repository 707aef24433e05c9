package dev.migrate.spring.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationId;
import dev.migrate.spring.MigrateConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private static final MigrationId THREE = MigrationId.of("0003");

    private static Command read(String property) {
        return CommandLine.read(property, List.of());
    }

    @Test
    void readsEveryCommand() {
        assertThat(read("migrate")).isEqualTo(new Command.Migrate(null));
        assertThat(read("migrate 0003")).isEqualTo(new Command.Migrate(THREE));
        assertThat(read("plan")).isEqualTo(new Command.Plan(null));
        assertThat(read("plan 0003")).isEqualTo(new Command.Plan(THREE));
        assertThat(read("status")).isEqualTo(new Command.Status());
        assertThat(read("history")).isEqualTo(new Command.History(null));
        assertThat(read("history 0003")).isEqualTo(new Command.History(THREE));
        assertThat(read("revert last")).isInstanceOf(Command.Revert.class);
        assertThat(read("revert all")).isInstanceOf(Command.Revert.class);
        assertThat(read("revert 0003")).isInstanceOf(Command.Revert.class);
        assertThat(read("stamp 0003")).isEqualTo(new Command.Stamp(THREE));
        assertThat(read("resolve 0003")).isEqualTo(new Command.Resolve(THREE));
        assertThat(read("retry 0003")).isEqualTo(new Command.Retry(THREE));
        assertThat(read("help")).isEqualTo(new Command.Help());
        assertThat(read("help revert")).isEqualTo(new Command.Help());
        assertThat(CommandLine.read("migrate", List.of("--help"))).isEqualTo(new Command.Help());
    }

    @Test
    void readsTheSameWordsFromTheArguments() {
        assertThat(CommandLine.read(null, List.of("resolve", "0003"))).isEqualTo(new Command.Resolve(THREE));
        assertThat(CommandLine.read(" ", List.of("resolve 0003"))).isEqualTo(new Command.Resolve(THREE));
        assertThat(read("  resolve \t 0003 ")).isEqualTo(new Command.Resolve(THREE));
    }

    @Test
    void migratesWhenNothingIsSaid() {
        assertThat(CommandLine.read(null, List.of())).isEqualTo(new Command.Migrate(null));
        assertThat(CommandLine.read("", List.of(""))).isEqualTo(new Command.Migrate(null));
    }

    @Test
    void refusesTwoCommandsAtOnce() {
        assertThatThrownBy(() -> CommandLine.read("status", List.of("retry", "0003")))
                .isInstanceOf(MigrateConfigurationException.class)
                .hasMessageContainingAll("'status'", "'retry 0003'", "Nothing was done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "Status", "0003", "revert-all"})
    void listsTheCommandsForOneThatThereIsNot(String command) {
        assertThatThrownBy(() -> read(command))
                .isInstanceOfSatisfying(MigrateConfigurationException.class, e -> assertThat(e.action())
                        .contains("migrate [to]", "plan", "status", "history", "revert", "stamp", "resolve", "retry"))
                .hasMessageContaining("'" + command + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resolve 3",
                "migrate abcd",
                "stamp 0003x",
                "retry -0003",
                "plan 1234567890123456789",
                "revert first"
            })
    void refusesWhatIsNoNumber(String command) {
        assertThatThrownBy(() -> read(command))
                .isInstanceOf(MigrateConfigurationException.class)
                .hasMessageContainingAll("'" + command + "'", "not a sequence number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolve", "retry", "stamp", "revert"})
    void refusesToGuessWhatIsMeant(String command) {
        assertThatThrownBy(() -> read(command))
                .isInstanceOf(MigrateConfigurationException.class)
                .hasMessageContaining("does not specify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status 0003", "migrate 0003 0004", "resolve 0003 please", "revert last 0003"})
    void refusesMoreThanItTakes(String command) {
        assertThatThrownBy(() -> read(command))
                .isInstanceOf(MigrateConfigurationException.class)
                .hasMessageContaining("takes");
    }
}
