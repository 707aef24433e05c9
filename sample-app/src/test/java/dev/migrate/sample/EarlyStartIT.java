package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testapp.Trace;
import dev.migrate.testworker.TickingApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code migrate.start=early}: no port is open and no scheduled job has run before the migrations are done. */
class EarlyStartIT {

    @TempDir
    Path folder;

    private Path until;
    private Trace trace;
    private Launch launch;

    @BeforeEach
    void prepare() throws IOException {
        until = folder.resolve("until");
        trace = new Trace(folder.resolve("trace"));
        launch = Launch.classes(TickingApplication.class)
                .with(
                        "--migrate.start=early",
                        "--migrate.packages-only=dev.migrate.testworker",
                        "--migrate.environment=odin-dev",
                        "--migrate.ledger=file:" + folder.resolve("ledger"),
                        "--test.until=" + until,
                        "--test.trace=" + folder.resolve("trace"));
    }

    @Test
    void nothing_else_has_begun_while_a_migration_runs() throws IOException {
        try (Service service = launch.start()) {
            service.await("0041 UntilTold starts");
            service.awaitTrue(() -> trace.lines().contains("begun"), "begun");
            assertThat(service.text()).doesNotContain("Tomcat started");
            assertThat(trace.lines()).doesNotContain("tick");
            Files.createFile(until);
            service.awaitReady(); // asked by its port
            service.awaitTrue(() -> trace.lines().contains("tick"), "a tick");
            assertThat(trace.lines().subList(0, 2)).containsExactly("begun", "done");
        }
    }

    @Test
    void SIGTERM_gives_the_running_action_its_grace_and_then_ends_the_process() throws Exception {
        try (Service service = launch.start()) {
            service.awaitTrue(() -> trace.lines().contains("begun"), "begun");
            Thread ending = new Thread(service::terminate);
            ending.start();
            service.await("Shutdown requested");
            Files.createFile(until);
            ending.join();
            assertThat(service.awaitEnd()).isEqualTo(143);
        }
        assertThat(trace.lines()).isEqualTo(List.of("begun", "done"));
        assertThat(folder.resolve("ledger/odin-dev/0041")).exists();
    }
}
