package dev.migrate.spring.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.internal.time.Backoff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read of a socket heeds no interrupt, so each test runs in a thread that can be left behind. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EcsMetadataTest {

    private EcsStub stub;

    @BeforeEach
    void start() throws IOException {
        stub = new EcsStub();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void readsTheTaskAndTheImage() throws IOException {
        var metadata = new EcsMetadata(stub.uri());
        assertThat(metadata.task()).isEqualTo(new EcsTask("odin-dev", EcsStub.TASK_ARN));
        assertThat(metadata.imageDigest()).isEqualTo(EcsStub.DIGEST);
        assertThat(stub.requests()).containsExactly("/v4/abc/task", "/v4/abc");
    }

    @Test
    void asksAgainWhenTheAgentIsNotReady() throws IOException {
        stub.failNext(2);
        assertThat(new EcsMetadata(stub.uri()).task().family()).isEqualTo("odin-dev");
        assertThat(stub.requests()).hasSize(3);
    }

    @Test
    void asksAgainAfterADelayThatIsDrawn() throws IOException {
        var draws = new AtomicInteger();
        Backoff backoff = Backoff.fixed(Duration.ofMillis(10)).with(() -> draws.incrementAndGet());
        stub.failNext(2);
        EcsTask unused = new EcsMetadata(stub.uri(), Duration.ofSeconds(2), backoff).task();
        assertThat(draws).hasValue(2);
    }

    @Test
    void givesUpAfterThreeRequests() {
        stub.failNext(3);
        assertThatThrownBy(() -> new EcsMetadata(stub.uri()).task())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(stub.uri() + "/task")
                .hasMessageContaining("status 500");
        assertThat(stub.requests()).hasSize(3);
    }

    @Test
    void knowsNoFamilyWhereTheAnswerHasNone() throws IOException {
        stub.answerTask("{\"Family\":null,\"TaskARN\":{}}");
        assertThat(new EcsMetadata(stub.uri()).task()).isEqualTo(new EcsTask(null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"Family\":", "\"odin-dev\""})
    void refusesAnAnswerThatIsNoJsonObject(String body) {
        stub.answerTask(body);
        assertThatThrownBy(() -> new EcsMetadata(stub.uri()).task())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the response is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no address", "file:/etc/passwd", "169.254.170.2/v4"})
    void refusesAnAddressThatIsNotHttp(String address) {
        assertThatThrownBy(() -> new EcsMetadata(address).task()).isInstanceOf(IOException.class);
    }

    @Test
    void doesNotWaitForEverForAnEndpointThatIsSilent() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var metadata = new EcsMetadata(
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    Duration.ofMillis(50),
                    Backoff.fixed(Duration.ofMillis(1)));
            assertThatThrownBy(metadata::task).isInstanceOf(IOException.class).hasMessageContaining("timed out");
        }
    }
}
