package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testapp.TestApplication;
import dev.migrate.testapp.Trace;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A service whose ledger is at a server that behaves as it is told. */
abstract class OnTroubledLedger {

    static final String LEDGER = "cars/odin-dev/ledger.json";

    @TempDir
    Path folder;

    Trace trace;

    @BeforeEach
    void prepare() {
        trace = new Trace(folder.resolve("trace"));
    }

    Launch at(URI endpoint) {
        return Launch.classes(TestApplication.class)
                .with(
                        "--migrate.packages-only=dev.migrate.testapp.counted",
                        "--test.trace=" + folder.resolve("trace"),
                        "--migrate.environment=odin-dev",
                        "--migrate.ledger=s3://bucket/cars",
                        "--migrate.s3.endpoint=" + endpoint,
                        "--migrate.s3.region=us-east-1",
                        "--migrate.s3.path-style-access=true");
    }

    void assertShut(Service service) {
        assertThat(service.status("/trace")).isEqualTo(503);
        assertThat(service.status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(service.status("/actuator/health/readiness")).isEqualTo(503);
        assertThat(trace.lines()).isEmpty();
    }
}
