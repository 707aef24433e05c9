package dev.migrate.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server that speaks as much of S3 as a ledger needs, and can be as unhelpful as a test wants. */
final class StubS3 implements AutoCloseable {

    /** How it answers. */
    enum Manner {
        FINE,
        DENIES,
        HAS_NO_BUCKET,
        IS_IN_ANOTHER_REGION,
        IGNORES_CONDITIONS
    }

    private static final int NOT_MODIFIED = 304;

    private final HttpServer server;
    private final Map<String, String> objects = new TreeMap<>();
    private volatile Manner manner;

    StubS3(Manner manner) {
        this.manner = manner;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void becomes(Manner next) {
        manner = next;
    }

    synchronized Map<String, String> objects() {
        return new TreeMap<>(objects);
    }

    synchronized void put(String key, String content) {
        objects.put(key, content);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (manner) {
            case DENIES -> error(exchange, 403, "AccessDenied");
            case HAS_NO_BUCKET -> error(exchange, 404, "NoSuchBucket");
            case IS_IN_ANOTHER_REGION -> {
                exchange.getResponseHeaders().set("x-amz-bucket-region", "eu-north-1");
                error(exchange, 301, "PermanentRedirect");
            }
            default -> serve(exchange, body);
        }
    }

    private void serve(HttpExchange exchange, String body) throws IOException {
        // /bucket/prefix/environment/key
        String path = exchange.getRequestURI().getPath();
        String key = path.substring(path.indexOf('/', 1) + 1);
        String found = objects.get(key);
        if (exchange.getRequestMethod().equals("PUT")) {
            if (manner == Manner.FINE && !allowed(exchange, found)) {
                error(exchange, 412, "PreconditionFailed");
                return;
            }
            objects.put(key, body);
            exchange.getResponseHeaders().set("ETag", tag(body));
            send(exchange, 200, "");
        } else if (exchange.getRequestURI().getQuery() != null) {
            send(exchange, 200, listing(exchange.getRequestURI().getQuery()));
        } else if (found == null) {
            error(exchange, 404, "NoSuchKey");
        } else if (header(exchange, "If-None-Match").equals(tag(found))) {
            send(exchange, NOT_MODIFIED, "");
        } else {
            exchange.getResponseHeaders().set("ETag", tag(found));
            send(exchange, 200, found);
        }
    }

    private String listing(String query) {
        String prefix = Stream.of(query.split("&"))
                .filter(part -> part.startsWith("prefix="))
                .map(part -> part.substring("prefix=".length()))
                .findFirst()
                .orElse("");
        String contents = objects.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                .collect(Collectors.joining());
        return "<ListBucketResult><IsTruncated>false</IsTruncated>" + contents + "</ListBucketResult>";
    }

    private static boolean allowed(HttpExchange exchange, String found) {
        return found == null
                ? header(exchange, "If-None-Match").equals("*")
                : header(exchange, "If-Match").equals(tag(found));
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String tag(String content) {
        return "tag" + Integer.toHexString(content.hashCode());
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        send(exchange, status, "<Error><Code>" + code + "</Code><Message>as the test wants it</Message></Error>");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
