package dev.migrate.sample;

import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** The contract on a server that runs already; an environment variable names it. Keys are {@code test} and {@code testsecret}. */
abstract class LedgerOnRunningServerContract extends LedgerOnS3Contract {

    private static final String BUCKET = "migrate-sample";

    private final String variable;

    LedgerOnRunningServerContract(String variable) {
        this.variable = variable;
    }

    @BeforeEach
    void createBucket() {
        try (S3Client client = client()) {
            client.createBucket(create -> create.bucket(BUCKET));
        } catch (BucketAlreadyOwnedByYouException e) {
            // An earlier test created it.
        }
    }

    @Override
    URI endpoint() {
        return URI.create(Objects.requireNonNull(System.getenv(variable), variable));
    }

    @Override
    String bucket() {
        return BUCKET;
    }

    @Override
    S3Client client() {
        return S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "testsecret")))
                .build();
    }
}
