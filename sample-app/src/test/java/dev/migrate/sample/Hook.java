package dev.migrate.sample;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The other end of a webhook. */
final class Hook implements AutoCloseable {

    private final HttpServer server;
    private final List<JsonObject> notices = new CopyOnWriteArrayList<>();

    Hook() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            notices.add(JsonParser.parseString(body).getAsJsonObject());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    List<JsonObject> notices() {
        return List.copyOf(notices);
    }

    /** What the notices are about, in order. */
    List<String> events() {
        return notices.stream().map(notice -> notice.get("event").getAsString()).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
