package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testapp.Trace;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    static Path built;

    private static Path war;

    @TempDir
    Path folder;

    private Tomcat tomcat;
    private Trace trace;
    private Path until;

    @BeforeAll
    static void build() throws IOException {
        war = Tomcat.war(
                built.resolve("app.war"), "dev/migrate/testwar", "dev/migrate/testworker", "dev/migrate/testapp/Trace");
    }

    @BeforeEach
    void prepare() throws IOException {
        tomcat = Tomcat.in(folder.resolve("tomcat"), war);
        trace = new Trace(folder.resolve("trace"));
        until = folder.resolve("until");
    }

    private Service start(String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "migrate.packages-only=dev.migrate.testworker",
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
        tomcat.deploy();
        try (Service service = start("migrate.start=" + moment)) {
            service.awaitTrue(() -> trace.lines().contains("begun"), "begun");
            Thread ending = new Thread(service::terminate);
            ending.start();
            service.await("Shutdown requested");
            Files.createFile(until);
            ending.join();
            assertThat(service.awaitEnd()).isEqualTo(143);
        }
        assertThat(trace.lines()).contains("begun", "done");
        assertThat(folder.resolve("ledger/odin-dev/0041")).exists();
    }

    @Test
    void an_application_on_a_running_container_has_its_verdict_recorded_and_serves_after_the_migrations()
            throws Exception {
        try (Service service = start("migrate.shutdown-grace=100ms")) {
            service.await("Server startup in");
            tomcat.deploy();
            service.awaitTrue(() -> trace.lines().contains("begun"), "begun");
            service.terminate();
        }
        String ledger = Files.readString(folder.resolve("ledger/odin-dev/ledger.json"));
        assertThat(ledger).contains("\"INTERRUPTED\"").doesNotContain("\"running\": {");

        Files.createFile(until);
        try (Service service = start(
                "migrate.environment=odin-prod", "logging.level.org.apache.coyote.http11.Http11NioProtocol=info")) {
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
