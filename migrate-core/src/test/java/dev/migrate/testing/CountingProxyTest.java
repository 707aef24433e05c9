package dev.migrate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CountingProxyTest {

    private HttpServer echo;
    private CountingProxy proxy;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void start() throws Exception {
        echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        echo.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        echo.start();
        proxy = CountingProxy.to(
                URI.create("http://127.0.0.1:" + echo.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        proxy.close();
        echo.stop(0);
    }

    @Test
    void countsRequestsOnOneConnectionInTheirOrder() throws Exception {
        byte[] body = new byte[100_000];
        new Random(7).nextBytes(body);

        assertThat(send(request("/a?x=1").GET())).isEmpty();
        assertThat(send(request("/b").PUT(BodyPublishers.ofByteArray(body)))).isEqualTo(body);
        assertThat(send(request("/c").method("DELETE", BodyPublishers.noBody())))
                .isEmpty();

        assertThat(proxy.requests()).map(Object::toString).containsExactly("GET /a?x=1", "PUT /b", "DELETE /c");
    }

    @Test
    void passesChunkedBodiesThatLookLikeRequests() throws Exception {
        byte[] body = "GET /not-a-request HTTP/1.1\r\n\r\n".repeat(2000).getBytes(StandardCharsets.US_ASCII);

        byte[] back = send(request("/chunked").PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        send(request("/after").GET());

        assertThat(back).isEqualTo(body);
        assertThat(proxy.requests()).map(Object::toString).containsExactly("PUT /chunked", "GET /after");
    }

    @Test
    void passesTheHeadOnBeforeABodyThatWaitsForLeave() throws Exception {
        byte[] back = send(request("/expect").expectContinue(true).PUT(BodyPublishers.ofString("held back")));

        assertThat(back).asString().isEqualTo("held back");
        assertThat(proxy.requests()).map(Object::toString).containsExactly("PUT /expect");
    }

    @Test
    void countsARequestOfAClientThatHangsUp() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), proxy.endpoint().getPort())) {
            socket.getOutputStream()
                    .write("GET /gone HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200");
        }
        assertThat(proxy.requests()).map(Object::toString).containsExactly("GET /gone");
        proxy.reset();
        assertThat(proxy.requests()).isEmpty();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(proxy.endpoint().resolve(path));
    }

    private byte[] send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofByteArray()).body();
    }
}
