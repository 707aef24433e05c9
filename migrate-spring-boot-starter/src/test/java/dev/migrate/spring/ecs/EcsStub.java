package dev.migrate.spring.ecs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The task metadata endpoint, as Fargate answers. */
public final class EcsStub implements AutoCloseable {

    public static final String TASK_ARN =
            "arn:aws:ecs:eu-north-1:111122223333:task/cars/158d1c8083dd49d6b527399fd6414f5c";
    public static final String DIGEST = "sha256:25f3695bedfb454a50f12d127839a68ad3caf91e451c1da073db34c542c4d2cb";

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private volatile int failures;

    public EcsStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answers.put(
                "/v4/abc/task",
                "{\"Cluster\":\"cars\",\"TaskARN\":\"" + TASK_ARN
                        + "\",\"Family\":\"odin-dev\",\"Revision\":\"7\",\"LaunchType\":\"FARGATE\",\"Containers\":[]}");
        answers.put(
                "/v4/abc",
                "{\"DockerId\":\"cd189a933e5849daa93386466019ab50-2495160603\",\"Image\":\"cars:latest\",\"ImageID\":\""
                        + DIGEST + "\",\"Labels\":{}}");
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            String answer = answers.get(path);
            int status = answer == null ? 404 : 200;
            if (failures > 0) {
                failures--;
                status = 500;
            }
            byte[] body = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v4/abc";
    }

    public void answerTask(String body) {
        answers.put("/v4/abc/task", body);
    }

    public void failNext(int count) {
        failures = count;
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
