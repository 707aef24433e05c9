package dev.migrate.s3;

import dev.migrate.internal.store.ObjectStoreContract;
import dev.migrate.store.ObjectStore;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.s3.S3Client;

/** Needs a Ceph gateway with a user whose keys are {@code test} and {@code testsecret}. */
@EnabledIfEnvironmentVariable(
        named = "MIGRATE_TEST_CEPH_ENDPOINT",
        matches = "http://.+",
        disabledReason = "MIGRATE_TEST_CEPH_ENDPOINT names no Ceph gateway (such as http://127.0.0.1:7480)")
class CephObjectStoreIT extends ObjectStoreContract {

    private static final String BUCKET = "migrate-contract";

    private static S3Client client;

    @BeforeAll
    static void start() {
        client = ScriptedS3.client(URI.create(System.getenv("MIGRATE_TEST_CEPH_ENDPOINT")), Duration.ofSeconds(20));
        client.createBucket(create -> create.bucket(BUCKET));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Override
    protected ObjectStore open(String place) {
        return S3ObjectStore.over(client, S3ObjectStore.Settings.parse("s3://" + BUCKET + "/" + place));
    }

    @Override
    protected int rounds() {
        return 20;
    }

    @Override
    protected boolean supportsConditionalDelete() {
        return false;
    }
}
