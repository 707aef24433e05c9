package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.sample.Launch.Ended;
import dev.migrate.testapp.Trace;
import dev.migrate.testworker.TickingApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code migrate.mode=once} and {@code verify}: from outside, by exit code, standard output, standard error and ledger. */
class OnceIT {

    @TempDir
    Path data;

    private Path register() {
        return data.resolve("ledger/odin-dev/ledger.json");
    }

    private Launch worker() {
        return Launch.classes(TickingApplication.class)
                .with(
                        "--migrate.packages-only=dev.migrate.testworker",
                        "--migrate.environment=odin-dev",
                        "--migrate.ledger=file:" + data.resolve("ledger"),
                        "--test.until=" + data.resolve("until"),
                        "--test.trace=" + data.resolve("trace"));
    }

    @Test
    void the_sample_is_operated_with_its_own_jar() {
        Launch sample = Launch.jar().in(data);

        Ended plan = sample.once("plan");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains("0001  CreateCars            run   pending")
                .contains("0003 AddTestCars says: would add 2 cars of the brand Test")
                .endsWith("4 would run, of 4 migrations. Nothing was changed.");
        assertThat(data.resolve("ledger")).doesNotExist();

        Ended migrate = sample.once(Map.of("MIGRATE_MODE", "once", "MIGRATE_COMMAND", "migrate 0003"));
        assertThat(migrate.code()).as(migrate.err()).isZero();
        assertThat(migrate.out().lines())
                .hasSize(4)
                .first()
                .asString()
                .matches("0001 CreateCars: took .+, finished \\S+Z");
        assertThat(migrate.err()).contains("Starting SampleApplication").doesNotContain("Tomcat started");
        assertThat(data.resolve("ledger/odin-dev/0003")).exists();

        Ended revert = sample.once(
                Map.of("MIGRATE_MODE", "once", "MIGRATE_COMMAND", "revert 0002", "MIGRATE_CONFIRM", "odin-dev"));
        assertThat(revert.code()).as(revert.err()).isZero();
        assertThat(revert.out()).startsWith("0003 AddTestCars: reverted");
        assertThat(data.resolve("ledger/odin-dev/0003")).doesNotExist();

        Ended status = sample.with("--migrate.output=json").once("status");
        assertThat(status.code()).as(status.err()).isEqualTo(5);
        JsonObject json = JsonParser.parseString(status.out()).getAsJsonObject();
        assertThat(json.getAsJsonArray("migrations")).hasSize(4);
        assertThat(json.get("exitCode").getAsInt()).isEqualTo(5);
    }

    @Test
    void processed_ahead_of_time_it_decides_the_mode_when_it_starts() {
        Launch aot =
                Launch.jar(Launch.aotJar()).jvm("-Dspring.aot.enabled=true").in(data);
        Ended migrate = aot.once("migrate");
        assertThat(migrate.code()).as(migrate.err()).isZero();
        assertThat(migrate.out()).contains("4 migrations applied in odin-dev");
        assertThat(migrate.err()).contains("AOT-processed").doesNotContain("Tomcat started");
        assertThat(register()).exists();
    }

    @Test
    void SIGTERM_in_the_middle_of_a_migration_leaves_its_verdict_and_the_next_run_tells_it() throws IOException {
        Launch worker = worker().with("--test.linger=true", "--migrate.shutdown-grace=100ms");
        Trace trace = new Trace(data.resolve("trace"));
        try (Service service = worker.with("--migrate.mode=once").start()) {
            service.awaitTrue(() -> trace.lines().contains("begun"), "begun");
            service.terminate();
            assertThat(service.awaitEnd()).isEqualTo(143);
            assertThat(Files.readString(register())).contains("INTERRUPTED");
        }

        Ended next = worker.once("migrate");
        assertThat(next.code()).as(next.err()).isEqualTo(4);
        assertThat(next.out()).isEmpty();
        assertThat(next.err()).contains("Migration 0041 UntilTold of environment odin-dev was interrupted");

        Ended unconfirmed = worker.once("retry", "0041");
        assertThat(unconfirmed.code()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("set migrate.confirm=odin-dev").doesNotContain("\tat ");
        Ended retry = worker.once(Map.of(
                "MIGRATE_MODE",
                "once",
                "MIGRATE_COMMAND",
                "retry 0041",
                "MIGRATE_CONFIRM",
                "odin-dev",
                "MIGRATE_REASON",
                "looked into it"));
        assertThat(retry.code()).as(retry.err()).isZero();
        assertThat(Files.readString(register())).contains("looked into it");

        Files.createFile(data.resolve("until"));
        Ended last = worker.once("migrate");
        assertThat(last.code()).as(last.err()).isZero();
        assertThat(last.out()).contains("0041 UntilTold: took", "1 migration applied in odin-dev");
        assertThat(trace.lines()).as("no scheduled job ran, in none of them").containsExactly("begun", "begun", "done");
    }

    @Test
    void a_service_that_verifies_waits_for_the_task_that_migrates() throws IOException {
        Launch verifying = worker().with("--migrate.mode=verify");
        Ended refused = verifying.once(Map.of());
        assertThat(refused.code()).as(refused.err()).isEqualTo(5);
        assertThat(refused.out()).contains("1 migration is pending in odin-dev: 0041 UntilTold");

        try (Service service = verifying.with("--migrate.verify.wait=10m").start()) {
            service.await("This process waits for another one");
            assertThat(service.status("/")).isEqualTo(503);
            Files.createFile(data.resolve("until"));
            Ended migrate = worker().once("migrate");
            assertThat(migrate.code()).as(migrate.err()).isZero();
            service.awaitReady();
            assertThat(service.status("/")).isEqualTo(404);
        }
        try (Service service = verifying
                .with("--migrate.verify.wait=10m", "--migrate.environment=other")
                .start()) {
            service.await("This process waits for another one");
            assertThat(service.terminate()).isLessThan(java.time.Duration.ofSeconds(10));
            assertThat(service.awaitEnd()).isEqualTo(143);
        }
    }
}
