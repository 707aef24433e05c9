package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testapp.TestApplication;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ledgers that cannot be used: the service stays up and says why, nothing runs, and what is mended goes on by itself. */
class LedgerTroubleIT extends OnTroubledLedger {

    @Test
    void an_endpoint_that_is_not_there_is_asked_again_until_the_process_is_told_to_end() {
        try (Service service = at(URI.create("http://127.0.0.1:1")) // where nobody listens
                .with("--logging.structured.format.console=logstash")
                .start()) {
            assertThat(service.await("cannot be reached; Migrate keeps retrying"))
                    .contains("127.0.0.1");
            assertThat(MetricFilter.documented(MetricFilter.entries(service)))
                    .containsEntry("ledger unreachable", 1L)
                    .containsEntry("blocked", 0L);
            assertShut(service);
            assertThat(service.terminate()).isLessThan(Duration.ofSeconds(5));
            assertThat(service.awaitEnd()).isEqualTo(143);
        }
    }

    @Test
    void a_missing_bucket_and_another_region_are_named() {
        try (StubS3 s3 = new StubS3(StubS3.Manner.HAS_NO_BUCKET);
                Service service = at(s3.endpoint()).start()) {
            assertThat(service.awaitBlocked()).contains("bucket", "does not exist");
            assertShut(service);
        }
        try (StubS3 s3 = new StubS3(StubS3.Manner.IS_IN_ANOTHER_REGION);
                Service service = at(s3.endpoint()).start()) {
            assertThat(service.awaitBlocked()).contains("eu-north-1", "migrate.s3.region");
            assertShut(service);
        }
    }

    @Test
    void a_register_that_is_foreign_corrupt_or_newer_blocks_and_is_left_as_it_is() {
        for (String foreign :
                new String[] {"hello", "{\"format\": 2}", "{\"format\": 1, \"environment\": \"other\"}"}) {
            try (StubS3 s3 = new StubS3(StubS3.Manner.FINE)) {
                s3.put(LEDGER, foreign);
                try (Service service = at(s3.endpoint()).start()) {
                    assertThat(service.awaitBlocked()).contains(LEDGER);
                    assertShut(service);
                }
                assertThat(s3.objects()).hasSize(1).containsEntry(LEDGER, foreign);
            }
        }
    }

    @Test
    void a_store_that_ignores_conditions_is_refused_by_name_now_and_later() {
        try (StubS3 s3 = new StubS3(StubS3.Manner.IGNORES_CONDITIONS)) {
            try (Service service = at(s3.endpoint()).start()) {
                assertThat(service.awaitBlocked()).contains("s3://bucket/cars ignores conditional writes");
                assertShut(service);
            }
            try (Service later = at(s3.endpoint()).start()) {
                assertThat(later.awaitBlocked()).contains("ignores conditional writes");
                assertShut(later);
            }
        }
    }

    @Test
    void a_migration_whose_bean_cannot_be_made_fails_by_name() {
        try (Service service = Launch.classes(TestApplication.class)
                .with(
                        "--migrate.packages-only=dev.migrate.testapp.unmakeable",
                        "--test.trace=" + folder.resolve("trace"),
                        "--migrate.environment=odin-dev",
                        "--migrate.ledger=file:" + folder.resolve("ledger"))
                .start()) {
            assertThat(service.awaitBlocked()).contains("0031 Unmakeable", "failed", "no such part");
            assertShut(service);
        }
    }
}
