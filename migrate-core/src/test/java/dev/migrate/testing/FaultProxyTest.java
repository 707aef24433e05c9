package dev.migrate.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class FaultProxyTest {

    private HttpServer echo;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** What reached the server. */
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    private FaultProxy proxy;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void start() throws Exception {
        echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        echo.setExecutor(threads);
        echo.createContext("/", exchange -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            byte[] body = exchange.getRequestBody().readAllBytes();
            arrived.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (exchange.getRequestURI().getPath().startsWith("/slow")) {
                LockSupport.parkNanos(1_000_000); // so that two would meet
            }
            atOnce.decrementAndGet();
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        echo.start();
        proxy = FaultProxy.to(URI.create("http://127.0.0.1:" + echo.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        proxy.close();
        echo.stop(0);
        threads.shutdownNow();
    }

    // What passes

    @Test
    void countsRequestsOnOneConnectionInTheirOrder() throws Exception {
        byte[] body = new byte[100_000];
        new Random(7).nextBytes(body);

        assertThat(send(request("/a?x=1").GET())).isEmpty();
        assertThat(send(request("/b").PUT(BodyPublishers.ofByteArray(body)))).isEqualTo(body);
        assertThat(send(request("/c").method("DELETE", BodyPublishers.noBody())))
                .isEmpty();

        assertThat(proxy.requests()).map(Object::toString).containsExactly("GET /a?x=1", "PUT /b", "DELETE /c");
        assertThat(proxy.requests()).map(ProxiedRequest::number).containsExactly(1, 2, 3);
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
    void givesLeaveToABodyThatWaitsForIt() throws Exception {
        byte[] back = send(request("/expect").expectContinue(true).PUT(BodyPublishers.ofString("held back")));

        assertThat(back).asString().isEqualTo("held back");
        assertThat(proxy.requests()).map(Object::toString).containsExactly("PUT /expect");
    }

    @Test
    void countsARequestOfAClientThatHangsUp() throws Exception {
        try (Socket socket = connect()) {
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

    @Test
    void tellsWhatRequestsAskOfALedger() throws Exception {
        for (String path : List.of("/b/p/dev/ledger.json", "/b/p/dev/0001", "/b?list-type=2&prefix=dev/0001", "/b/x")) {
            send(request(path).GET());
            send(request(path).PUT(BodyPublishers.ofString("1")));
        }
        send(request("/b/p/dev/0001").DELETE());

        assertThat(proxy.counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        RequestKind.READ_REGISTER, 1,
                        RequestKind.WRITE_REGISTER, 1,
                        RequestKind.READ_RECEIPT, 1,
                        RequestKind.WRITE_RECEIPT, 1,
                        RequestKind.LIST, 1,
                        RequestKind.OTHER, 4));
    }

    // What goes wrong

    @Test
    void cutsBeforeTheServerSeesTheRequest() throws Exception {
        proxy.onNth(1, RequestKind.WRITE_RECEIPT, Fault.cut());

        assertThat(raw("PUT", "/0001", "one")).isEmpty();
        assertThat(arrived).isEmpty();
        assertThat(raw("PUT", "/0001", "one")).startsWith("HTTP/1.1 200").endsWith("one");
    }

    @Test
    void losesAnAnswer() throws Exception {
        proxy.onNth(1, RequestKind.WRITE_RECEIPT, Fault.lostAnswer());

        assertThat(raw("PUT", "/0001", "one")).isEmpty();
        assertThat(arrived).containsExactly("PUT /0001");
    }

    @Test
    void breaksOffInTheMiddleOfAnAnswer() throws Exception {
        proxy.on(proxied -> true, Fault.halfAnswer());

        assertThat(raw("PUT", "/0001", "12345678")).contains("ength: 8").endsWith("\r\n\r\n1234");
        assertThat(raw("PUT", "/0001", "")).startsWith("HTTP/1.1 ").doesNotContain("\r\n\r\n");
        assertThat(arrived).hasSize(2);
    }

    @Test
    void breaksOffAfterSoManyBytes() throws Exception {
        proxy.onNth(1, proxied -> true, Fault.brokenAnswer(0))
                .onNth(2, proxied -> true, Fault.brokenAnswer(12))
                .onNth(3, proxied -> true, Fault.brokenAnswer(100_000));

        assertThat(raw("PUT", "/0001", "one")).isEmpty();
        assertThat(raw("PUT", "/0001", "one")).isEqualTo("HTTP/1.1 200");
        assertThat(raw("PUT", "/0001", "one")).endsWith("one");
    }

    @Test
    void holdsAnAnswerBack() throws Exception {
        proxy.onNth(1, proxied -> true, Fault.lateAnswer(Duration.ofMillis(200)));

        long begun = System.nanoTime();
        assertThat(raw("PUT", "/0001", "one")).endsWith("one");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void bringsARequestWhenItsSenderHasGivenUp() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        proxy.onNth(1, proxied -> true, Fault.lateRequest(Duration.ZERO).toldBefore(proxied -> held.countDown()));

        try (Socket socket = connect()) {
            write(socket, "PUT", "/0001", "one");
            held.await();
            raw("GET", "/another", "");
            assertThat(arrived).containsExactly("GET /another");
        }
        await(() -> arrived.equals(List.of("GET /another", "PUT /0001")));
    }

    @ParameterizedTest
    @EnumSource
    void answersInTheServersStead(S3Error error) throws Exception {
        proxy.onNth(1, RequestKind.WRITE_RECEIPT, Fault.answer(error));

        try (Socket socket = connect()) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            write(socket, "PUT", "/0001?a&b", "one");
            Message refusal = Message.readAnswer(in, "PUT");
            assertThat(refusal.head()).matches("(?s)HTTP/1.1 (409|412|403|500|503) .*");
            assertThat(new String(refusal.body(), StandardCharsets.UTF_8))
                    .contains("<Code>" + refusal.word(2) + "</Code>", "<Resource>/0001?a&amp;b</Resource>");
            assertThat(arrived).isEmpty();

            write(socket, "PUT", "/0001", "two"); // on the same connection
            assertThat(new String(Message.readAnswer(in, "PUT").body(), StandardCharsets.UTF_8))
                    .isEqualTo("two");
        }
    }

    @Test
    void answersWithAnErrorThoughTheServerDidIt() throws Exception {
        proxy.onNth(1, RequestKind.WRITE_RECEIPT, Fault.answerAfter(S3Error.INTERNAL));

        assertThat(raw("PUT", "/0001", "one")).startsWith("HTTP/1.1 500").contains("InternalError");
        assertThat(arrived).containsExactly("PUT /0001");
    }

    @Test
    void tellsOfEachMomentOfARequest() throws Exception {
        List<String> moments = new CopyOnWriteArrayList<>();
        proxy.onNth(
                2,
                proxied -> true,
                Fault.toldBetween(proxied -> moments.add("between " + arrived))
                        .toldBefore(proxied -> moments.add("before " + arrived))
                        .toldAfter(proxied -> moments.add("after " + proxied)));

        raw("GET", "/1", "");
        raw("GET", "/2", "");
        raw("GET", "/3", "");

        await(() -> moments.size() == 3);
        assertThat(moments).containsExactly("before [GET /1]", "between [GET /1, GET /2]", "after GET /2");
    }

    @Test
    void hangsUpWhenItsListenerFails() throws Exception {
        proxy.onNth(1, proxied -> true, Fault.none().toldBefore(proxied -> {
            throw new IllegalStateException("thrown by the test's listener");
        }));

        assertThat(raw("GET", "/1", "")).isEmpty();
        assertThat(arrived).isEmpty();
    }

    // To whom

    @Test
    void everyRuleCountsAndTheFirstThatMeetsActs() throws Exception {
        proxy.onNth(2, RequestKind.WRITE_RECEIPT, Fault.answer(S3Error.CONFLICT))
                .onNth(2, proxied -> proxied.number() < 10, Fault.answer(S3Error.DENIED))
                .onNth(3, proxied -> proxied.number() < 10, Fault.answer(S3Error.SLOW_DOWN));

        assertThat(raw("PUT", "/0001", "")).startsWith("HTTP/1.1 200");
        assertThat(raw("PUT", "/0001", "")).startsWith("HTTP/1.1 409");
        assertThat(raw("GET", "/0001", "")).startsWith("HTTP/1.1 503");
        assertThat(raw("PUT", "/0001", "")).startsWith("HTTP/1.1 200");
        assertThatThrownBy(() -> proxy.onNth(0, proxied -> true, Fault.cut())).hasMessageContaining("number 0");
    }

    @Test
    void nothingGoesWrongAnyMoreOnceItIsMended() throws Exception {
        proxy.on(proxied -> true, Fault.cut());
        assertThat(raw("GET", "/1", "")).isEmpty();
        assertThat(raw("GET", "/2", "")).isEmpty();

        proxy.mend();

        assertThat(raw("GET", "/3", "")).startsWith("HTTP/1.1 200");
    }

    @Test
    void whatHappensToOneRequestDisturbsNoOther() throws Exception {
        proxy.on(proxied -> proxied.path().endsWith("cut"), Fault.cut())
                .on(proxied -> proxied.path().endsWith("lost"), Fault.lostAnswer())
                .on(proxied -> proxied.path().endsWith("half"), Fault.halfAnswer())
                .on(proxied -> proxied.path().endsWith("denied"), Fault.answer(S3Error.DENIED));
        List<String> ends = List.of("well", "cut", "well", "lost", "well", "half", "denied", "well");

        List<Callable<Integer>> clients = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(client -> () -> {
                    int well = 0;
                    for (int i = 0; i < 96; i++) {
                        String end = ends.get((client + i) % ends.size());
                        String body = client + "/" + i + " ".repeat(i * 37);
                        String answer = send(client + "/" + i + "/" + end, body);
                        well += end.equals("well") && answer.equals(body) ? 1 : 0;
                    }
                    return well;
                })
                .toList();

        for (Future<Integer> client : threads.invokeAll(clients)) {
            assertThat(client.get()).isEqualTo(48);
        }
        assertThat(arrived).hasSize(8 * 72).doesNotHaveDuplicates();
    }

    @Test
    void bringsRequestsOneAtATimeWhereThatIsWanted() throws Exception {
        try (FaultProxy single = FaultProxy.inSingleFile(proxy.endpoint())) {
            List<Callable<Integer>> clients = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(client -> () -> {
                        for (int i = 0; i < 50; i++) {
                            send(HttpRequest.newBuilder(single.endpoint().resolve("/slow/" + client + "/" + i)));
                        }
                        return client;
                    })
                    .toList();

            for (Future<Integer> client : threads.invokeAll(clients)) {
                client.get();
            }
        }
        assertThat(arrived).hasSize(400);
        assertThat(mostAtOnce).hasValue(1);
    }

    /** Over the client's own pool of connections. */
    private String send(String path, String body) throws InterruptedException {
        try {
            return new String(send(request("/" + path).PUT(BodyPublishers.ofString(body))), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(proxy.endpoint().resolve(path));
    }

    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray()).body();
    }

    /** Over a connection of its own and without the repeats of a client: all that comes back until it is closed. */
    private String raw(String method, String path, String body) throws IOException {
        try (Socket socket = connect()) {
            write(socket, method, path, body, "Connection: close\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.endpoint().getPort());
    }

    private static void write(Socket socket, String method, String path, String body, String... headers)
            throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n"
                + String.join("", headers) + "\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) { // bounded by the class's time-out
            Thread.sleep(2);
        }
    }
}
