package dev.migrate.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.ChildJvm;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.fixtures.aot.AotApp;
import dev.migrate.spring.web.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/** An application processed ahead of time, as the build plugins of Boot do it, once; then started in several ways. */
class AheadOfTimeTest {

    private static final Duration BOUNDED = Duration.ofMinutes(3);

    @TempDir
    static Path generated;

    @TempDir
    Path folder;

    @BeforeAll
    static void process() throws Exception {
        Path sources = generated.resolve("sources");
        Path classes = generated.resolve("classes");
        try (var processor = new ChildJvm(
                List.of(),
                SpringApplicationAotProcessor.class,
                AotApp.class.getName(),
                sources.toString(),
                generated.resolve("resources").toString(),
                classes.toString(),
                "dev.migrate.test",
                "aot")) {
            int code = processor.exitCode(BOUNDED);
            assertThat(code).as(processor.output()).isZero();
        }
        compile(sources, classes);
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp", classPath(classes), "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
    }

    @Test
    void keepsAnIndexOfTheAnnotatedClassesAndNoDefinitionOfThem() throws IOException {
        try (Stream<Path> files = Files.walk(generated.resolve("sources"))) {
            String code = files.filter(file -> file.toString().endsWith(".java"))
                    .map(AheadOfTimeTest::read)
                    .reduce("", String::concat);
            assertThat(code)
                    .contains("AotApp$Scanned")
                    .contains("AotApp$Conditional")
                    .doesNotContain("*/0001")
                    .doesNotContain("getAlsoComponent");
        }
    }

    @Test
    void runsWhatIsDeclaredAndWhatConditionsAllowAtTheStart() throws Exception {
        try (var child = start("--cars.enabled=true")) {
            child.await("aot: later runner");
            assertThat(child.output().lines().filter(line -> line.startsWith("aot: ")))
                    .containsExactly(
                            "aot: ran Scanned",
                            "aot: made AlsoComponent",
                            "aot: ran AlsoComponent",
                            "aot: ran Conditional",
                            "aot: made fromMethod",
                            "aot: ran fromMethod",
                            "aot: later runner");
            assertThat(child.output()).contains("AOT-processed");
        }
    }

    @Test
    void tellsHowMigrationsStandWhereThatIsExposedAtTheStart() throws Exception {
        String login = "Authorization: Basic dXNlcjpzZWNyZXQ="; // Spring Security is on the class path of all tests
        try (var child = start(
                "--management.endpoints.web.exposure.include=migrations",
                "--spring.security.user.name=user",
                "--spring.security.user.password=secret")) {
            child.await("aot: later runner");
            Matcher port = Pattern.compile("Tomcat started on port (\\d+)").matcher(child.output());
            assertThat(port.find()).as(child.output()).isTrue();
            int number = Integer.parseInt(port.group(1));
            assertThat(Http.get(number, "/actuator/migrations", login).body())
                    .contains("\"name\": \"Scanned\"", "\"state\": \"applied\"");
            assertThat(Http.get(number, "/actuator/migrations/0001", "Accept: text/html", login)
                            .body())
                    .contains("<h1>0001 Scanned</h1>");
        }
    }

    @Test
    void runsNothingWhenSwitchedOffAtTheStart() throws Exception {
        try (var child = start("--migrate.enabled=false")) {
            child.await("aot: later runner");
            assertThat(child.output().lines().filter(line -> line.startsWith("aot: ")))
                    .containsExactly("aot: later runner");
        }
    }

    @Test
    void runsEarlyWhenToldSoAtTheStart() throws Exception {
        try (var child = start("--migrate.start=early")) {
            child.await("Tomcat started");
            assertThat(child.output()).contains("aot: ran Scanned").contains("aot: ran fromMethod");
        }
    }

    @Test
    void runsAfterTheWebServerListensWhenToldSoAtTheStart() throws Exception {
        try (var child = start("--migrate.start=web")) {
            child.await("Tomcat started");
            child.await("aot: ran fromMethod");
            child.await("aot: later runner");
        }
    }

    @Test
    void runsOneCommandWhenToldSoAtTheStart() throws Exception {
        try (var child = start("--migrate.mode=once", "migrate", "0001")) {
            assertThat(child.exitCode(BOUNDED)).as(child.output()).isZero();
            assertThat(child.output())
                    .contains("AOT-processed", "0001 Scanned: took", "1 migration applied in odin-dev")
                    .doesNotContain("Tomcat started", "later runner", "cancelling refresh");
        }
    }

    @Test
    void refusesToStartWhenToldToVerify() throws Exception {
        try (var child = start("--migrate.mode=verify")) {
            assertThat(child.exitCode(BOUNDED)).as(child.output()).isEqualTo(ExitCode.PENDING);
            assertThat(child.output())
                    .contains("3 migrations are pending in odin-dev")
                    .doesNotContain("aot: ran");
        }
    }

    private ChildJvm start(String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--migrate.environment=odin-dev", "--migrate.ledger=file:" + folder));
        arguments.addAll(List.of(more));
        return new ChildJvm(
                List.of("-Dspring.aot.enabled=true", "-cp", classPath(generated.resolve("classes"))),
                AotApp.class,
                arguments.toArray(String[]::new));
    }

    private static String classPath(Path classes) {
        return classes + java.io.File.pathSeparator + System.getProperty("java.class.path");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
