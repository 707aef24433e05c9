package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testapp.Trace;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A WAR on an Apache Tomcat: the container starts the application and listens afterwards. */
class WarIT {

    private static final Pattern PORT = Pattern.compile("http-nio-127\\.0\\.0\\.1-auto-1-(\\d+)");

    @TempDir
    static Path container;

    private static Tomcat tomcat;

    @TempDir
    Path folder;

    private Trace trace;
    private Path until;

    @BeforeAll
    static void build() throws IOException {
        tomcat = Tomcat.with(container, "dev/migrate/testwar", "dev/migrate/testworker", "dev/migrate/testapp/Trace");
    }

    @BeforeEach
    void prepare() {
        trace = new Trace(folder.resolve("trace"));
        until = folder.resolve("until");
    }

    private Service start(String... more) {
        List<String> properties = new java.util.ArrayList<>(List.of(
                "migrate.packages=dev.migrate.testworker",
                "migrate.environment=odin-dev",
                "migrate.ledger=file:" + folder.resolve("ledger"),
                "test.until=" + until,
                "test.trace=" + folder.resolve("trace")));
        properties.addAll(List.of(more));
        return tomcat.start(properties.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"runner", "web", "early"})
    void SIGTERM_gives_the_running_action_its_grace_in_every_start_moment(String moment) throws Exception {
        try (Service service = start("migrate.start=" + moment)) {
            service.awaitTrue(() -> trace.lines().contains("begun"), "begun");
            Thread ending = new Thread(service::terminate);
            ending.start();
            service.await("Shutdown requested");
            Files.createFile(until);
            ending.join();
            assertThat(service.awaitEnd()).isEqualTo(143);
        }
        assertThat(trace.lines()).startsWith("begun").contains("done");
        assertThat(folder.resolve("ledger/odin-dev/0041")).exists();
    }

    @Test
    void serves_after_the_migrations_and_records_the_verdict_of_an_interrupted_one() throws Exception {
        try (Service service = start("migrate.shutdown-grace=100ms")) {
            service.awaitTrue(() -> trace.lines().contains("begun"), "begun");
            service.terminate();
        }
        String ledger = Files.readString(folder.resolve("ledger/odin-dev/ledger.json"));
        assertThat(ledger).contains("\"INTERRUPTED\"").doesNotContain("\"running\": {");

        Files.createFile(until);
        try (Service service = start("migrate.environment=odin-prod")) {
            String line = service.await("Starting ProtocolHandler");
            Matcher port = PORT.matcher(line);
            assertThat(port.find()).as(line).isTrue();
            assertThat(service.text()).contains("are complete");
            var readiness =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + port.group(1) + "/actuator/health/readiness")
                            .toURL()
                            .openConnection();
            readiness.setReadTimeout(60_000);
            assertThat(readiness.getResponseCode()).isEqualTo(200);
        }
    }
}
