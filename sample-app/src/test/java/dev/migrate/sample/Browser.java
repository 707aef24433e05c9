package dev.migrate.sample;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A Chromium without a window, which is told what to do by its debugging protocol and listens on 127.0.0.1 alone. */
final class Browser implements AutoCloseable {

    /** Names the program, where it is not on the path. */
    static final String VARIABLE = "MIGRATE_TEST_BROWSER";

    private static final List<String> PROGRAMS =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final Map<String, Tab> tabs = new ConcurrentHashMap<>();

    /** The browser of this machine; empty where there is none. */
    static Optional<Path> find() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return PROGRAMS.stream()
                .flatMap(program -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, program)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Browser(Path program, Path profile) throws Exception {
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox", // which root cannot have; it sees pages of this build alone
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--no-first-run",
                        "--remote-debugging-address=127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(address), "browser-output");
        reader.setDaemon(true);
        reader.start();
        try {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(get(address), new Receiver())
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception | AssertionError e) {
            end();
            throw e;
        }
    }

    private void read(CompletableFuture<URI> address) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.startsWith(LISTENING)) {
                    address.complete(URI.create(line.substring(LISTENING.length())));
                }
            }
        } catch (IOException e) {
            lines.add(e.toString());
        }
        address.completeExceptionally(new IOException("The browser has ended: " + lines));
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("The browser does not answer", e);
        }
    }

    /** A tab as wide as this, light or dark, of which every CSS pixel is one pixel of a picture. */
    Tab tab(int width, boolean dark) {
        JsonObject create = new JsonObject();
        create.addProperty("url", "about:blank");
        JsonObject attach = new JsonObject();
        attach.add("targetId", send("", "Target.createTarget", create).get("targetId"));
        attach.addProperty("flatten", true);
        String session =
                send("", "Target.attachToTarget", attach).get("sessionId").getAsString();
        Tab tab = new Tab(session, width);
        tabs.put(session, tab);
        Stream.of("Page.enable", "Network.enable", "Log.enable").forEach(what -> tab.send(what, new JsonObject()));
        tab.size(width < 600 ? 844 : 900);
        JsonObject scheme = new JsonObject();
        scheme.addProperty("name", "prefers-color-scheme");
        scheme.addProperty("value", dark ? "dark" : "light");
        JsonArray features = new JsonArray();
        features.add(scheme);
        JsonObject media = new JsonObject();
        media.add("features", features);
        tab.send("Emulation.setEmulatedMedia", media);
        return tab;
    }

    private JsonObject send(String session, String method, JsonObject parameters) {
        int number = numbers.incrementAndGet();
        JsonObject message = new JsonObject();
        message.addProperty("id", number);
        message.addProperty("method", method);
        message.add("params", parameters);
        if (!session.isEmpty()) {
            message.addProperty("sessionId", session);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(number, answer);
        synchronized (this) { // a web socket takes one message at a time
            get(socket.sendText(message.toString(), true));
        }
        JsonObject got = get(answer);
        if (got.has("error")) {
            throw new AssertionError(method + ": " + got.get("error"));
        }
        return got.getAsJsonObject("result");
    }

    @Override
    public void close() {
        socket.abort();
        end();
    }

    private void end() {
        List<ProcessHandle> children = process.descendants().toList();
        process.toHandle().destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private final class Receiver implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                CompletableFuture<JsonObject> answer =
                        message.has("id") ? answers.remove(message.get("id").getAsInt()) : null;
                if (answer != null) {
                    answer.complete(message);
                } else if (message.has("sessionId")) {
                    Tab tab = tabs.get(message.get("sessionId").getAsString());
                    if (tab != null) {
                        tab.heard(message.get("method").getAsString(), message.getAsJsonObject("params"));
                    }
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** One page at a time. */
    final class Tab {

        private final String session;
        private final int width;
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final List<String> complaints = new CopyOnWriteArrayList<>();
        private volatile CompletableFuture<Boolean> loaded = new CompletableFuture<>();

        private Tab(String session, int width) {
            this.session = session;
            this.width = width;
        }

        private JsonObject send(String method, JsonObject parameters) {
            return Browser.this.send(session, method, parameters);
        }

        private void heard(String event, JsonObject parameters) {
            switch (event) {
                case "Page.loadEventFired" -> loaded.complete(true);
                case "Network.requestWillBeSent" ->
                    requests.add(
                            parameters.getAsJsonObject("request").get("url").getAsString());
                case "Log.entryAdded" ->
                    complaints.add(
                            parameters.getAsJsonObject("entry").get("text").getAsString());
                default -> {}
            }
        }

        private void size(int height) {
            JsonObject metrics = new JsonObject();
            metrics.addProperty("width", width);
            metrics.addProperty("height", height);
            metrics.addProperty("deviceScaleFactor", 1);
            metrics.addProperty("mobile", width < 600);
            send("Emulation.setDeviceMetricsOverride", metrics);
        }

        /** Opens a page and waits until it is there with all that it needs. */
        Tab open(String url) {
            loaded = new CompletableFuture<>();
            JsonObject where = new JsonObject();
            where.addProperty("url", url);
            send("Page.navigate", where);
            get(loaded);
            return this;
        }

        /** All that the browser asked servers for. */
        List<String> requests() {
            return List.copyOf(requests);
        }

        /** What the browser did not like, such as a style that the policy does not name. */
        List<String> complaints() {
            return List.copyOf(complaints);
        }

        /** The value of an expression in the page. */
        JsonElement evaluate(String expression) {
            JsonObject what = new JsonObject();
            what.addProperty("expression", expression);
            what.addProperty("returnByValue", true);
            JsonObject answer = send("Runtime.evaluate", what);
            if (answer.has("exceptionDetails")) {
                throw new AssertionError(answer.toString());
            }
            return answer.getAsJsonObject("result").get("value");
        }

        /** A picture of the page from its beginning to its end, as PNG. */
        byte[] picture() {
            size(evaluate("document.documentElement.scrollHeight").getAsInt());
            JsonObject how = new JsonObject();
            how.addProperty("format", "png");
            return Base64.getDecoder()
                    .decode(send("Page.captureScreenshot", how).get("data").getAsString());
        }
    }
}
