package dev.migrate.s3;

import dev.migrate.testing.S3MockServer;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Stores for tests, with the client that a service gets, but for its patience. */
public final class S3Stores {

    private S3Stores() {}

    /** A store in {@code s3://ledger/place} of a server. */
    public static S3ObjectStore at(URI endpoint, String place, Duration call) {
        return S3ObjectStore.connect(
                S3ObjectStore.Settings.parse("s3://" + S3MockServer.BUCKET + "/" + place),
                new S3ObjectStore.Connection(endpoint, "us-east-1", true),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "testsecret")),
                call);
    }
}
