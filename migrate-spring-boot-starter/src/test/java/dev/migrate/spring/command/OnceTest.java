package dev.migrate.spring.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.fixtures.ExecutedActions;
import dev.migrate.spring.fixtures.PlainApp;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Mode once in a whole servlet application; the end of the process alone is left out. */
class OnceTest {

    private static final int STILL_ALIVE = -1;

    @TempDir
    Path folder;

    private final AtomicInteger code = new AtomicInteger(STILL_ALIVE);
    private String said = "";
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        ExecutedActions.clear();
        CommandExitRunListener.exit = exitCode -> {
            code.set(exitCode);
            said = err.toString(StandardCharsets.UTF_8); // the process would be gone by now
        };
        System.setOut(new PrintStream(out, true));
        System.setErr(new PrintStream(err, true));
    }

    @AfterEach
    void leave() {
        System.setOut(realOut);
        System.setErr(realErr);
        CommandExitRunListener.exit = System::exit;
    }

    private int run(String... arguments) {
        return run(List.of(PlainApp.class, Busy.class), arguments);
    }

    private int run(List<Class<?>> sources, String... arguments) {
        code.set(STILL_ALIVE);
        out.reset();
        err.reset();
        said = "";
        List<String> all = new ArrayList<>(List.of(
                "--migrate.mode=once",
                "--spring.jmx.enabled=false",
                "--migrate.packages-only=dev.migrate.spring.fixtures.basic",
                "--migrate.environment=odin-dev",
                "--migrate.ledger=file:" + folder.resolve("ledger")));
        all.addAll(List.of(arguments));
        var application = new SpringApplication(sources.toArray(Class<?>[]::new));
        assertThatThrownBy(() -> application.run(all.toArray(String[]::new)));
        return code.get();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return said;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--server.port=0 --management.server.port=0",
                "--spring.main.lazy-initialization=true --spring.threads.virtual.enabled=true"
            })
    void answersAloneOnStandardOutputAndStartsNothingElse(String arguments) {
        assertThat(run(arguments.split(" "))).isZero();
        assertThat(out().lines()).hasSize(4).first().asString().matches("00001 First: took .+, finished \\S+Z");
        assertThat(err())
                .contains(":: Spring Boot ::", "Busy sees port -1", "Migration 0010 Tenth is applied")
                .doesNotContain("cancelling refresh", "APPLICATION FAILED", "Application run failed");
        assertThat(ExecutedActions.names()).containsExactly("First", "SecondOfOdin", "Tenth");
        assertThat(folder.resolve("ledger/odin-dev/0010")).exists();
    }

    @Test
    void takesTheCommandFromThePropertyOrFromTheArgumentsButNotFromBoth() {
        assertThat(run("--migrate.command=stamp 0002", "--migrate.confirm=odin-dev"))
                .isZero();
        assertThat(out()).contains("0002 a name of its own: counts as applied");
        assertThat(run("status")).isEqualTo(5);
        assertThat(out()).contains("1 pending").doesNotContain("INFO");
        assertThat(run("history", "0002")).isZero();
        assertThat(out()).contains("0002", "stamped");
        assertThat(run("--migrate.command=status", "history")).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err()).contains("Two commands are given");
    }

    @Test
    void listsTheCommandsAndRunsNothingWhateverElseIsSaid() {
        for (String[] asked : new String[][] {{"help"}, {"--help"}, {"migrate", "--help"}}) {
            assertThat(run(asked)).as(String.join(" ", asked)).isZero();
            assertThat(out()).startsWith("The commands are:").contains("retry <id>");
        }
        assertThat(ExecutedActions.names()).isEmpty();
        assertThat(folder.resolve("ledger")).doesNotExist();
    }

    @Test
    void saysWhatIsWrongOnceAndHasTheExitCodeOfWrongUse() {
        assertThat(run("jump")).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err())
                .containsOnlyOnce("There is no command 'jump'")
                .contains("revert last|all|<to>")
                .doesNotContain("\tat ", "APPLICATION FAILED");

        assertThat(run("--migrate.environment=")).isEqualTo(2);
        assertThat(err()).containsOnlyOnce("APPLICATION FAILED TO START").contains("As migrate.environment");

        assertThat(run("--migrate.enabled=false")).isEqualTo(2);
        assertThat(err()).contains("migrate.enabled is false");

        assertThat(run("--migrate.output=xml")).isEqualTo(2);
        assertThat(err()).contains("migrate.output", "xml");
        assertThat(folder.resolve("ledger")).doesNotExist();
        assertThat(ExecutedActions.names()).isEmpty();
    }

    @Test
    void endsAlsoWhereTheApplicationCannotStart() {
        assertThat(run(List.of(PlainApp.class, Broken.class))).isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(err()).contains("no database");
    }

    @Test
    void refusesAModeThatThereIsNotAndACommandInAnother() {
        for (String[] arguments :
                new String[][] {{"--migrate.mode=twice"}, {"--migrate.mode=startup", "--migrate.command=status"}}) {
            var application = new SpringApplication(PlainApp.class);
            application.setWebApplicationType(org.springframework.boot.WebApplicationType.NONE);
            assertThatThrownBy(() -> application.run(arguments))
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(MigrateConfigurationException.class),
                            e -> assertThat(e).hasRootCauseInstanceOf(MigrateConfigurationException.class));
        }
        assertThat(code.get()).isEqualTo(STILL_ALIVE);
        assertThat(Files.exists(folder.resolve("ledger"))).isFalse();
    }

    /** Would note everything that is not to happen. */
    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class Busy {

        Busy(Environment environment) {
            System.out.println("Busy sees port " + environment.getProperty("server.port"));
        }

        @Scheduled(fixedRate = 1)
        void tick() {
            ExecutedActions.note("tick");
        }

        @EventListener({ApplicationStartedEvent.class})
        void started() {
            ExecutedActions.note("started");
        }
    }

    /** Has a bean that cannot be made. */
    @Configuration(proxyBeanMethods = false)
    static class Broken {

        @Bean
        Object broken() {
            throw new IllegalStateException("no database");
        }
    }
}
