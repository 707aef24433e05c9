package dev.migrate.chaos;

import dev.migrate.s3.S3ObjectStore;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * An S3 server.
 *
 * @param name what it is called in the table
 * @param endpoint where it listens
 * @param ledger the bucket and the prefix for this run, {@code s3://bucket/prefix}
 * @param tears whether a read can be torn by a write: S3Mock, also with one request thread, sends a body after its
 *     request is over, and takes it from a file that the next write may have replaced by then
 */
record Server(String name, URI endpoint, String ledger, boolean tears) {

    S3ObjectStore store() {
        return store(endpoint, ledger);
    }

    static S3ObjectStore store(URI endpoint, String ledger) {
        return S3ObjectStore.connect(
                S3ObjectStore.Settings.parse(ledger),
                new S3ObjectStore.Connection(endpoint, "us-east-1", true),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "testsecret")));
    }
}
