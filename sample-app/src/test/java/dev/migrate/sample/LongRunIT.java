package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.migrate.testapp.TestApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The alarm on what runs for long, with half a minute in place of five: the others need not wait for it. */
@Execution(ExecutionMode.CONCURRENT)
class LongRunIT {

    @TempDir
    Path folder;

    @Test
    void what_runs_for_long_says_so_in_the_log() {
        MetricFilter five = Objects.requireNonNull(MetricFilter.all().get("longer than five minutes"));
        MetricFilter half = new MetricFilter(five.pattern().replace(">= 300000", ">= 30000"));
        assertThat(half).isNotEqualTo(five);
        try (Service service = Launch.classes(TestApplication.class)
                .with(
                        "--migrate.packages-only=dev.migrate.testapp.slow",
                        "--migrate.environment=odin-dev",
                        "--migrate.ledger=file:" + folder.resolve("ledger"),
                        "--migrate.lease=4s",
                        "--migrate.shutdown-grace=0s",
                        "--test.trace=" + folder.resolve("trace"),
                        "--logging.structured.format.console=ecs")
                .start()) {
            service.await("has been running for");
            List<JsonObject> log = MetricFilter.entries(service);
            assertThat(half.count(log)).isEqualTo(1);
            assertThat(five.count(log)).isZero();
        }
    }
}
