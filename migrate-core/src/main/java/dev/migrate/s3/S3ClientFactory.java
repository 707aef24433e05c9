package dev.migrate.s3;

import dev.migrate.store.NonTransientStoreException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes an S3 client that starts fast and gives up soon: what to do then is the ledger's to decide. */
final class S3ClientFactory {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    /** How long a call may take. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private S3ClientFactory() {}

    static S3Client create(S3ObjectStore.Connection connection, AwsCredentialsProvider credentials, Duration call) {
        Region region = region(connection);
        // Named, not found: with two HTTP clients on the class path the SDK would ask which one is meant.
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(call)
                .build();
        return S3Client.builder()
                .httpClient(http)
                .region(region)
                .credentialsProvider(credentials)
                .endpointOverride(connection.endpoint())
                .forcePathStyle(connection.pathStyle())
                // Other servers know neither the checksum trailers nor, some, the encoding they come in.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .disableS3ExpressSessionAuth(true)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(connection.endpoint() == null)
                        // The bodies are small, and a server that never says "continue" costs seconds.
                        .expectContinueEnabled(false))
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .apiCallTimeout(call)
                        .apiCallAttemptTimeout(call))
                .build();
    }

    private static Region region(S3ObjectStore.Connection connection) {
        String explicit = connection.region();
        if (explicit != null) {
            return Region.of(explicit);
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            if (connection.endpoint() != null) {
                return Region.US_EAST_1; // what servers other than AWS expect in a signature, if they look at all
            }
            throw new NonTransientStoreException(
                    "The AWS region of the ledger's bucket is not known: no setting, environment variable, profile or"
                            + " instance metadata names one",
                    "Set migrate.s3.region, or the environment variable AWS_REGION.",
                    e);
        }
    }
}
