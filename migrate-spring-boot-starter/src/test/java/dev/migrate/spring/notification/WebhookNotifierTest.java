package dev.migrate.spring.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.time.Backoff;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookNotifierTest {

    private static final String FORGED = "row\r\n2026-01-01 INFO forged\u001b[2J";

    private static Notification notice(String text) {
        Attempt attempt = new Attempt(
                MigrationId.of("0003"), text, 1, "t", null, text, new Owner(text, 7, null), false, Map.of());
        return new Notification(
                Notification.Kind.FAILED, new EnvironmentName("odin-dev"), attempt, text, text, null, Instant.EPOCH);
    }

    private static WebhookNotifier sender(URI url) {
        return new WebhookNotifier(url, Duration.ofSeconds(5), Backoff.fixed(Duration.ofMillis(1)));
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (Posts other = new Posts()) {
            HttpServer first = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            first.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("Location", other.uri().toString());
                // What a POST that is redirected stays a POST with.
                exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/307") ? 307 : 302, -1);
                exchange.close();
            });
            first.start();
            try {
                for (String path : new String[] {"/302", "/307"}) {
                    URI url =
                            URI.create("http://127.0.0.1:" + first.getAddress().getPort() + path);
                    assertThatThrownBy(() -> sender(url).send(notice("x")))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("status 30");
                }
            } finally {
                first.stop(0);
            }
            assertThat(other.bodies()).isEmpty();
        }
    }

    @Test
    void waitsForNoAnswerThatHasNoEnd() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            try {
                do {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                } while (!closing.await(20, TimeUnit.MILLISECONDS));
            } catch (InterruptedException | IOException e) {
                // nobody listens any more
            }
            exchange.close();
        });
        server.start();
        try {
            sender(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                    .send(notice("x"));
        } finally {
            closing.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void whatStrangersWroteForgesNoLineAndCallsNobody() {
        JsonObject forged = JsonParser.parseString(notice(FORGED).json()).getAsJsonObject();
        for (String field : new String[] {"text", "error", "name", "deployment", "owner"}) {
            assertThat(forged.get(field).getAsString())
                    .contains("row\\r\\n2026-01-01 INFO forged\\u001b[2J")
                    .doesNotContain("\r", "\n", "\u001b");
        }
        Notification called =
                notice("<!channel> <@U1> @here @everyone <at>all</at> <https://e.org|us> [us](https://e.org)");
        assertThat(JsonParser.parseString(called.json())
                        .getAsJsonObject()
                        .get("text")
                        .getAsString())
                .contains("channel", "here", "everyone")
                .doesNotContain("<", ">", "@", "](");
    }

    @Test
    void itsAddressIsShownNowhere() {
        assertThat(new WebhookNotifier(URI.create("https://u:S3CR3T@h/S3CR3T?token=S3CR3T")))
                .hasToString("the webhook at h");
    }
}
