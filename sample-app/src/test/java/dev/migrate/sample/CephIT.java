package dev.migrate.sample;

import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Needs a Ceph gateway with a user whose keys are {@code test} and {@code testsecret}. */
@EnabledIfEnvironmentVariable(
        named = "MIGRATE_TEST_CEPH_ENDPOINT",
        matches = "http://.+",
        disabledReason = "MIGRATE_TEST_CEPH_ENDPOINT names no Ceph gateway (such as http://127.0.0.1:7480)")
class CephIT extends LedgerOnS3Contract {

    private static final String BUCKET = "migrate-sample";

    @BeforeAll
    static void makeBucket() {
        try (S3Client client = connect()) {
            client.createBucket(create -> create.bucket(BUCKET));
        }
    }

    @Override
    URI endpoint() {
        return URI.create(System.getenv("MIGRATE_TEST_CEPH_ENDPOINT"));
    }

    @Override
    String bucket() {
        return BUCKET;
    }

    @Override
    S3Client client() {
        return connect();
    }

    private static S3Client connect() {
        return S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(URI.create(System.getenv("MIGRATE_TEST_CEPH_ENDPOINT")))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "testsecret")))
                .build();
    }
}
