package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testapp.TestApplication;
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

    @Test
    void the_client_of_Spring_Cloud_AWS_is_used_where_there_is_one() {
        Launch launch = Launch.withAwspring(TestApplication.class)
                .with(
                        "--migrate.packages-only=dev.migrate.testapp.counted",
                        "--test.trace=" + folder.resolve("trace"),
                        "--migrate.environment=odin-dev",
                        "--migrate.ledger=s3://" + bucket() + "/awspring",
                        "--spring.cloud.aws.endpoint=" + endpoint(),
                        "--spring.cloud.aws.s3.path-style-access-enabled=true",
                        "--spring.cloud.aws.region.static=us-east-1",
                        "--spring.cloud.aws.credentials.access-key=test",
                        "--spring.cloud.aws.credentials.secret-key=testsecret");
        try (Service service = launch.start().awaitReady();
                S3Client s3 = client()) {
            assertThat(service.await("are complete")).contains("3 applied now");
            assertThat(s3.listObjectsV2(list -> list.bucket(bucket()).prefix("awspring/odin-dev/"))
                            .contents())
                    .hasSize(4);
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
