package dev.migrate.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that gives the answers it is told to, one for each request, and writes the requests down. */
final class ScriptedS3 implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** One request. */
    record Asked(String method, URI uri, Map<String, List<String>> headers, byte[] body) {

        /** The operation of S3 that it is, as its documentation names it. */
        String operation() {
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            return switch (method) {
                case "GET" -> query.contains("list-type=2") ? "ListObjectsV2" : "GetObject";
                case "PUT" -> "PutObject";
                case "DELETE" -> "DeleteObject";
                default -> method;
            };
        }

        String header(String name) {
            return headers.containsKey(name) ? headers.get(name).get(0) : null;
        }
    }

    /** What to do with one request. */
    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    ScriptedS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A store on this server, in {@code s3://bucket/team/cars}, that gives up after a time. */
    S3ObjectStore store(Duration giveUp) {
        return S3ObjectStore.over(client(endpoint(), giveUp), S3ObjectStore.Settings.parse("s3://bucket/team/cars"));
    }

    static S3Client client(URI endpoint, Duration giveUp) {
        return S3ClientFactory.create(
                new S3ObjectStore.Connection(endpoint, "us-east-1", true),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "testsecret")),
                giveUp);
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    Asked last() {
        return asked.get(asked.size() - 1);
    }

    /** Gives none of the answers that it was told to and has not given. */
    void forget() {
        answers.clear();
    }

    ScriptedS3 then(int status, String body, String... headers) {
        answers.add(exchange -> {
            setHeaders(exchange, headers);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        return this;
    }

    /** An answer of S3 that is no success: {@code <Error>} with a code. */
    ScriptedS3 thenError(int status, String code, String... headers) {
        return then(status, "<Error><Code>" + code + "</Code><Message>said S3</Message></Error>", headers);
    }

    ScriptedS3 thenDrop() {
        answers.add(HttpExchange::close);
        return this;
    }

    /** Says that more bytes come than do. */
    ScriptedS3 thenBreakOff(int told, String sent) {
        answers.add(exchange -> {
            setHeaders(exchange, "ETag", "\"0123\"");
            exchange.sendResponseHeaders(200, told);
            exchange.getResponseBody().write(sent.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        });
        return this;
    }

    /** Says nothing for as long as this server lives. */
    /** Says that it sends so many bytes, and sends none. */
    ScriptedS3 thenPromise(long length, String... headers) {
        answers.add(exchange -> {
            setHeaders(exchange, headers);
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        return this;
    }

    /** Sends a byte now and then, for ever. */
    ScriptedS3 thenTrickle(String... headers) {
        answers.add(exchange -> {
            setHeaders(exchange, headers);
            exchange.sendResponseHeaders(200, 1_000_000);
            try {
                do {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                } while (!closing.await(20, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // nobody listens any more
            }
            exchange.close();
        });
        return this;
    }

    ScriptedS3 thenHang() {
        answers.add(exchange -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        return this;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(new Asked(
                exchange.getRequestMethod(), exchange.getRequestURI(), Map.copyOf(exchange.getRequestHeaders()), body));
        Answer answer = answers.poll();
        if (answer == null) {
            exchange.sendResponseHeaders(418, -1); // a request that no test expected
            exchange.close();
            return;
        }
        answer.give(exchange);
    }

    private static void setHeaders(HttpExchange exchange, String... headers) {
        Headers to = exchange.getResponseHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            to.set(headers[i], headers[i + 1]);
        }
    }
}
