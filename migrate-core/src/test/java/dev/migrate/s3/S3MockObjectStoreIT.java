package dev.migrate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.store.ObjectStoreContract;
import dev.migrate.store.ObjectStore;
import dev.migrate.testing.FaultProxy;
import dev.migrate.testing.ProxiedRequest;
import dev.migrate.testing.S3MockServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3MockObjectStoreIT extends ObjectStoreContract {

    private static S3MockServer server;
    private static S3Client client;

    @BeforeAll
    static void start() {
        server = S3MockServer.shared();
        client = ScriptedS3.client(server.endpoint(), Duration.ofSeconds(20));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Override
    protected ObjectStore open(String place) {
        return S3ObjectStore.over(client, S3ObjectStore.Settings.parse("s3://" + S3MockServer.BUCKET + "/" + place));
    }

    @Override
    protected int rounds() {
        return 20;
    }

    @Test
    void sendsOneRequestForEachCall() {
        try (FaultProxy proxy = FaultProxy.to(server.endpoint());
                S3Client through = ScriptedS3.client(proxy.endpoint(), Duration.ofSeconds(20));
                ObjectStore store = S3ObjectStore.over(through, S3ObjectStore.Settings.parse("s3://ledger/counted"))) {
            store.read("dev/ledger.json");
            String version = store.create("dev/ledger.json", new byte[] {1});
            version = store.replace("dev/ledger.json", new byte[] {2}, version);
            store.readIfChanged("dev/ledger.json", version);
            store.list("dev", 10);
            store.delete("dev/ledger.json", version);

            assertThat(proxy.requests())
                    .map(ProxiedRequest::method)
                    .containsExactly("GET", "PUT", "PUT", "GET", "GET", "DELETE");
            assertThat(proxy.requests())
                    .map(ProxiedRequest::path)
                    .allMatch(path -> path.startsWith("/ledger/counted/dev/") || path.startsWith("/ledger?"));
        }
    }
}
