package dev.migrate.s3;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.ObjectStoreContract;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import software.amazon.awssdk.services.s3.S3Client;

/** Needs Docker, and an image of LocalStack; {@code -Dmigrate.test.localstack} names another. */
class LocalStackObjectStoreIT extends ObjectStoreContract {

    /** Of the last versions that ask for no account. */
    private static final String IMAGE = System.getProperty("migrate.test.localstack", "localstack/localstack:4.12.0");

    @RegisterExtension
    static final NeedsImage NEEDS = new NeedsImage(IMAGE);

    private static final int PORT = 4566;
    private static final String BUCKET = "migrate-contract";

    private static GenericContainer<?> server;
    private static S3Client client;

    @BeforeAll
    static void start() {
        server = new GenericContainer<>(IMAGE)
                .withEnv("SERVICES", "s3")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/_localstack/health").forPort(PORT))
                .withStartupTimeout(Duration.ofMinutes(4));
        server.start();
        URI endpoint = URI.create("http://" + server.getHost() + ":" + server.getMappedPort(PORT));
        client = ScriptedS3.client(endpoint, Duration.ofSeconds(20));
        client.createBucket(create -> create.bucket(BUCKET));
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        server.stop();
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
