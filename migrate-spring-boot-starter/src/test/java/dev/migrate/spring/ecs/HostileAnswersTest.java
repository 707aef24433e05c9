package dev.migrate.spring.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.migrate.internal.time.Backoff;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that lead elsewhere, or have no end. */
@Timeout(60)
class HostileAnswersTest {

    private static final Backoff BACKOFF = Backoff.fixed(Duration.ofMillis(1));

    private interface Answer {
        void give(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Answer answer = exchange -> {};

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try {
                exchange.getRequestBody().readAllBytes();
                answer.give(exchange);
            } catch (InterruptedException | IOException e) {
                // nobody listens any more
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void noRedirectIsFollowed() throws IOException {
        try (EcsStub other = new EcsStub()) {
            answer = exchange -> {
                exchange.getResponseHeaders().set("Location", other.uri() + "/task");
                exchange.sendResponseHeaders(302, -1);
            };
            assertThatThrownBy(() -> new EcsMetadata(uri()).task()).hasMessageContaining("status 302");
            assertThatThrownBy(() -> new TaskProtection(uri()).release()).hasMessageContaining("status 302");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void anAnswerThatTricklesEndsAfterATime() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            do {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            } while (!closing.await(20, TimeUnit.MILLISECONDS));
        };
        assertThatThrownBy(() -> new EcsMetadata(uri(), Duration.ofMillis(200), BACKOFF).task())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("timed out");
        assertThatThrownBy(() -> new TaskProtection(uri(), Duration.ofMillis(200)).release())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("timed out");
    }

    @Test
    void aHeadThatTricklesEndsAfterATime() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> trickle(socket));
            String uri = "http://127.0.0.1:" + socket.getLocalPort();
            assertThatThrownBy(() -> new EcsMetadata(uri, Duration.ofMillis(200), BACKOFF).task())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("timed out");
        }
    }

    private void trickle(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket one = socket.accept();
                threads.execute(() -> {
                    try (one;
                            OutputStream out = one.getOutputStream()) {
                        out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                        do {
                            out.write('x');
                            out.flush();
                        } while (!closing.await(20, TimeUnit.MILLISECONDS));
                    } catch (IOException | InterruptedException e) {
                        // nobody listens any more
                    }
                });
            } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
                return;
            }
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsRefused() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[BoundedCall.MAX_BYTES + 10]);
        };
        assertThatThrownBy(() -> new EcsMetadata(uri()).task()).hasMessageContaining("more than 1048576 bytes");
    }

    @Test
    void userInformationInTheAddressIsNotShown() {
        assertThatThrownBy(() -> new EcsMetadata("http://u:S3CR3T@127.0.0.1:1/v4").task())
                .hasMessageContaining("://***@127.0.0.1:1/v4")
                .hasMessageNotContaining("S3CR3T");
        assertThatThrownBy(() -> new EcsMetadata("http://u:S3CR3T @h/v4").task())
                .hasMessageContaining("not a URI")
                .hasMessageNotContaining("S3CR3T");
    }
}
