package dev.migrate.spring.ecs;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Client of the ECS agent endpoint that protects a task of a service from scale-in.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html">Task
 *     scale-in protection endpoint</a>
 * @since 0.1
 */
public final class TaskProtection {

    /** The environment variable that holds the URI of the agent in every container of a task. */
    public static final String VARIABLE = "ECS_AGENT_URI";

    private final String agent;
    private final Duration timeout;

    /**
     * Creates a client without sending a request.
     *
     * @param agent the URI, as the environment variable holds it
     */
    public TaskProtection(String agent) {
        this(agent, Duration.ofSeconds(5));
    }

    TaskProtection(String agent, Duration timeout) {
        this.agent = agent;
        this.timeout = timeout;
    }

    /**
     * Requests or renews protection.
     *
     * @param expiry how long the protection lasts, in whole minutes; at least one minute
     * @throws IOException if the request fails or is refused
     */
    public void protect(Duration expiry) throws IOException {
        put("{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":" + expiry.toMinutes() + "}");
    }

    /**
     * Ends the protection.
     *
     * @throws IOException if the request fails or is refused
     */
    public void release() throws IOException {
        put("{\"ProtectionEnabled\":false}");
    }

    private void put(String body) throws IOException {
        BoundedCall.within(timeout.multipliedBy(3), () -> {
            putOnce(body);
            return true;
        });
    }

    private void putOnce(String body) throws IOException {
        URI uri = URI.create(agent + "/task-protection/v1/state");
        // The endpoint is link-local, so a proxy cannot reach it.
        var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("PUT");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try {
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            int status = connection.getResponseCode();
            String answer = read(connection, status);
            // The agent reports a refusal with status 200 and a failure in the response body.
            if (status != HttpURLConnection.HTTP_OK || answer.contains("\"failure\"") || answer.contains("\"error\"")) {
                throw new IOException("status " + status + ": " + answer);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String read(HttpURLConnection connection, int status) throws IOException {
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return body == null ? "" : new String(BoundedCall.read(body), StandardCharsets.UTF_8);
        }
    }
}
