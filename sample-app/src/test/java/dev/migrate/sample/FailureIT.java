package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testapp.Trace;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample with one more migration, which throws. */
class FailureIT {

    @TempDir
    Path data;

    private Launch sample;
    private Trace trace;

    @BeforeEach
    void prepare() {
        Path file = data.resolve("trace");
        trace = new Trace(file);
        sample = Launch.classes(SampleApplication.class)
                .in(data)
                .with(
                        "--migrate.packages-only=dev.migrate.sample.migrations,dev.migrate.testapp.failing",
                        "--test.trace=" + file);
    }

    @Test
    void a_migration_that_throws_blocks_the_start_until_another_deployment_comes() {
        try (Service service = sample.with("--migrate.deployment=one").start()) {
            assertThat(service.awaitBlocked())
                    .contains(
                            "0005 Throws",
                            "the paint is still wet",
                            "Deploy the fix",
                            "other than one, retries the migration");
            assertBlocked(service);
            assertThat(service.terminate()).isLessThan(Duration.ofSeconds(5));
            assertThat(service.awaitEnd()).isEqualTo(143);
        }
        assertThat(trace.lines()).hasSize(1);

        try (Service same =
                sample.with("--migrate.deployment=one", "--test.mended=true").start()) {
            same.awaitBlocked();
            assertBlocked(same);
            assertThat(trace.lines())
                    .as("the same deployment does not run it again")
                    .hasSize(1);
        }

        try (Service other = sample.with("--migrate.deployment=two", "--test.mended=true")
                .start()
                .awaitReady()) {
            assertThat(trace.lines()).hasSize(2);
            assertThat(other.get("/cars").body()).contains("\"total\":4002");
        }
    }

    @Test
    void or_ends_the_start_where_that_is_wanted() {
        try (Service service = sample.with("--migrate.on-failure=exit").start()) {
            assertThat(service.awaitEnd()).as(service::text).isNotZero();
            assertThat(service.awaitOutput()).contains("0005 Throws", "the paint is still wet");
        }
        assertThat(trace.lines()).hasSize(1);
    }

    private static void assertBlocked(Service service) {
        HttpResponse<String> cars = service.get("/cars");
        assertThat(cars.statusCode()).isEqualTo(503);
        assertThat(cars.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(cars.headers().firstValue("Retry-After")).isPresent();
        assertThat(service.status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(service.status("/actuator/health/readiness")).isEqualTo(503);
        assertThat(service.isAlive()).isTrue();
    }
}
