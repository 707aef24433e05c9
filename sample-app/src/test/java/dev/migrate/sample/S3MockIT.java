package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testing.S3MockServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3MockIT extends LedgerOnS3Contract {

    private static S3MockServer server;

    @BeforeAll
    static void start() {
        server = S3MockServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_profile_s3_needs_the_name_of_a_bucket_alone() {
        Launch.jar().in(folder).start().awaitReady().terminate(); // the same database, with another ledger
        Launch sample = Launch.jar()
                .in(folder)
                .with(
                        "--spring.profiles.active=s3",
                        "--sample.bucket=" + bucket(),
                        "--migrate.s3.endpoint=" + endpoint());
        try (Service service = sample.start().awaitReady();
                S3Client s3 = client()) {
            assertThat(service.await("are complete")).contains("4 applied now");
            assertThat(s3.listObjectsV2(list -> list.bucket(bucket()).prefix("cars/odin-dev/"))
                            .contents())
                    .hasSize(5);
        }
    }

    @Override
    URI endpoint() {
        return server.endpoint();
    }

    @Override
    String bucket() {
        return S3MockServer.BUCKET;
    }

    @Override
    S3Client client() {
        return server.client();
    }
}
