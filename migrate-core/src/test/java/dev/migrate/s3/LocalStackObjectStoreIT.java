package dev.migrate.s3;

import dev.migrate.internal.store.ObjectStoreContract;
import dev.migrate.store.ObjectStore;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Starts LocalStack in Docker; {@code -Dmigrate.test.localstack} names another image. The environment variable {@code
 * MIGRATE_TEST_LOCALSTACK_ENDPOINT} names a LocalStack that runs already, with or without Docker.
 */
class LocalStackObjectStoreIT extends ObjectStoreContract {

    /** Of the last versions that ask for no account. */
    private static final String IMAGE = System.getProperty("migrate.test.localstack", "localstack/localstack:4.12.0");

    private static final @Nullable String RUNNING = System.getenv("MIGRATE_TEST_LOCALSTACK_ENDPOINT");

    @RegisterExtension
    static final Extension NEEDS = RUNNING == null ? new NeedsImage(IMAGE) : new Extension() {};

    private static final int PORT = 4566;
    private static final String BUCKET = "migrate-contract";

    private static @Nullable GenericContainer<?> server;
    private static S3Client client;

    @BeforeAll
    static void start() {
        client = ScriptedS3.client(RUNNING == null ? startContainer() : URI.create(RUNNING), Duration.ofSeconds(60));
        client.createBucket(create -> create.bucket(BUCKET));
    }

    private static URI startContainer() {
        server = new GenericContainer<>(IMAGE)
                .withEnv("SERVICES", "s3")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/_localstack/health").forPort(PORT))
                .withStartupTimeout(Duration.ofMinutes(4));
        server.start();
        return URI.create("http://" + server.getHost() + ":" + server.getMappedPort(PORT));
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.stop();
        }
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
        return false; // it answers 501, and is asked again without the condition
    }
}
