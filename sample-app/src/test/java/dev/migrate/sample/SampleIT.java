package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample as a user starts it, in every form in which an application is shipped. */
class SampleIT {

    private static final String NOTHING = "0 applied now, 4 found";
    private static final String ALL = "4 applied now, 4 found";

    @TempDir
    Path data;

    @Test
    void the_first_start_applies_everything_and_the_second_nothing() {
        try (Service first = Launch.jar().in(data).start().awaitReady()) {
            assertThat(first.await("are complete")).contains(ALL);
            assertThat(first.get("/cars").body()).contains("\"total\":4002", "\"price\":42900.00");
            assertThat(first.get("/cars?brand=Test").body()).contains("\"total\":2");
            assertThat(first.terminate()).isLessThan(Duration.ofSeconds(10));
        }
        assertThat(ledger()).containsExactlyInAnyOrder("0001", "0002", "0003", "0004", "ledger.json");
        try (Service second = Launch.jar().in(data).start().awaitReady()) {
            assertThat(second.await("are complete")).contains(NOTHING);
            assertThat(second.get("/cars").body()).contains("\"total\":4002");
        }
    }

    @Test
    void another_environment_does_not_get_what_is_for_one_alone() {
        // Lazily, and on virtual threads where the JVM has them.
        Launch production = Launch.jar()
                .in(data)
                .with(
                        "--migrate.environment=odin-prod",
                        "--migrate.ledger=memory:",
                        "--spring.main.lazy-initialization=true",
                        "--spring.threads.virtual.enabled=true");
        try (Service service = production.start().awaitReady()) {
            assertThat(service.await("are complete")).contains("3 applied now, 3 found");
            assertThat(service.text()).contains("The ledger is in memory (migrate.ledger=memory:)");
            assertThat(service.get("/cars?brand=Test").body()).contains("\"total\":0");
        }
    }

    @Test
    void an_extracted_jar_and_its_training_run() {
        Path app = data.resolve("app");
        Path archive = data.resolve("app.jsa");
        try (Service tool = Launch.java(
                "-Djarmode=tools", "-jar", Launch.sampleJar().toString(), "extract", "--destination", app.toString())) {
            assertThat(tool.awaitEnd()).as(tool::text).isZero();
        }
        Launch extracted = Launch.jar(app.resolve("sample-app.jar")).in(data);
        Launch training = extracted.jvm("-XX:ArchiveClassesAtExit=" + archive, "-Dspring.context.exit=onRefresh");
        try (Service service = training.start()) {
            assertThat(service.awaitEnd()).as(service::text).isZero();
        }
        assertThat(archive).exists();
        assertThat(data.resolve("ledger")).doesNotExist();
        assertThat(data.resolve("cars.mv.db")).doesNotExist();
        try (Service service =
                extracted.jvm("-XX:SharedArchiveFile=" + archive).start().awaitReady()) {
            assertThat(service.await("are complete")).contains(ALL);
            assertThat(service.get("/cars").body()).contains("\"total\":4002");
        }
    }

    @Test
    void processed_ahead_of_time_the_start_still_decides_when_it_runs() {
        Launch aot =
                Launch.jar(Launch.aotJar()).jvm("-Dspring.aot.enabled=true").in(data);

        try (Service off = aot.with("--migrate.enabled=false").start()) {
            off.awaitTrue(() -> off.status("/actuator/health/readiness") == 200, "readiness");
            off.await("AOT-processed");
            off.await("Migrations are disabled");
            assertThat(data.resolve("ledger")).doesNotExist();
        }
        try (Service early = aot.with("--migrate.start=early", "--migrate.environment=early")
                .start()
                .awaitReady()) {
            assertThat(early.await("are complete")).contains("3 applied now, 3 found");
            List<String> log = early.log();
            assertThat(indexOf(log, "are complete")).isLessThan(indexOf(log, "Tomcat started"));
            assertThat(early.get("/cars").body()).contains("\"total\":4000");
        }
        try (Service again = aot.with("--migrate.environment=early", "--migrate.packages-only=none")
                .start()
                .awaitReady()) {
            assertThat(again.await("are complete")).contains("0 applied now, 0 found");
            assertThat(again.text()).contains("No migration was found");
        }
    }

    @Test
    void processed_ahead_of_time_it_migrates_and_then_serves() {
        try (Service service = Launch.jar(Launch.aotJar())
                .jvm("-Dspring.aot.enabled=true")
                .in(data)
                .start()
                .awaitReady()) {
            assertThat(service.await("are complete")).contains(ALL);
            assertThat(service.get("/cars").body()).contains("\"total\":4002", "\"price\":42900.00");
        }
    }

    @Test
    void with_the_development_tools() {
        try (Service service = Launch.withDevtools(SampleApplication.class)
                .in(data)
                .with("--spring.devtools.livereload.enabled=false")
                .start()
                .awaitReady()) {
            assertThat(service.text()).contains("restartedMain");
            assertThat(service.await("are complete")).contains(ALL);
            assertThat(service.get("/cars").body()).contains("\"total\":4002");
        }
        try (Service service = Launch.withDevtools(SampleApplication.class)
                .in(data)
                .with(
                        "--spring.devtools.livereload.enabled=false",
                        "--migrate.start=web",
                        "--migrate.environment=odin-prod")
                .start()
                .awaitReady()) {
            List<String> log = service.log();
            assertThat(indexOf(log, "Tomcat started")).isLessThan(indexOf(log, "are complete"));
            assertThat(indexOf(log, "are complete")).isLessThan(indexOf(log, "Started SampleApplication"));
        }
    }

    private List<String> ledger() {
        try (Stream<Path> files = Files.list(data.resolve("ledger/odin-dev"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int indexOf(List<String> log, String text) {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).contains(text)) {
                return i;
            }
        }
        return -1;
    }
}
