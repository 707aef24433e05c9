package dev.migrate.spring.ecs;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.internal.time.Backoff;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Client of the ECS task metadata endpoint, version 4. The endpoint is local to the host, so timeouts are short; a
 * request is tried three times because the agent may still be starting.
 *
 * @since 0.1
 */
public final class EcsMetadata {

    /** The environment variable that holds the endpoint's URI in every container of a task. */
    public static final String VARIABLE = "ECS_CONTAINER_METADATA_URI_V4";

    private static final int MAX_ATTEMPTS = 3;

    private final String endpoint;
    private final Duration timeout;
    /** Limit for one request, from the connection to the end of the response. */
    private final Duration requestTimeout;

    private final Backoff backoff;

    /**
     * Creates a client without sending a request.
     *
     * @param endpoint the URI of the container, as the environment variable holds it
     */
    public EcsMetadata(String endpoint) {
        this(endpoint, Duration.ofSeconds(2), Backoff.exponential(Duration.ofMillis(100), Duration.ofMillis(200)));
    }

    EcsMetadata(String endpoint, Duration timeout, Backoff backoff) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.requestTimeout = timeout.multipliedBy(3);
        this.backoff = backoff;
    }

    /**
     * Requests the metadata of the task.
     *
     * @return the task
     * @throws IOException if three requests give no usable response
     */
    public EcsTask task() throws IOException {
        JsonObject task = get(endpoint + "/task");
        return new EcsTask(text(task, "Family"), text(task, "TaskARN"));
    }

    /**
     * Requests the digest of this container's image.
     *
     * @return the digest, such as {@code sha256:…}; null if the response has none
     * @throws IOException if three requests give no usable response
     */
    public @Nullable String imageDigest() throws IOException {
        return text(get(endpoint), "ImageID");
    }

    private JsonObject get(String uri) throws IOException {
        IOException last = null;
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            try {
                return BoundedCall.within(requestTimeout, () -> getOnce(uri));
            } catch (IOException e) {
                last = e;
            }
            if (attempt < MAX_ATTEMPTS) {
                pause(attempt);
            }
        }
        throw new IOException(
                printable(uri) + " gave no usable response to " + MAX_ATTEMPTS + " requests; last error: "
                        + ForeignText.safe(String.valueOf(last)),
                last);
    }

    private JsonObject getOnce(String uri) throws IOException {
        // The endpoint is link-local, so a proxy cannot reach it.
        var connection = (HttpURLConnection) toUri(uri).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + connection.getResponseCode());
            }
            try (var body = connection.getInputStream()) {
                return JsonParser.parseString(new String(BoundedCall.read(body), StandardCharsets.UTF_8))
                        .getAsJsonObject();
            }
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("the response is not a JSON object", e);
        } finally {
            connection.disconnect();
        }
    }

    private static URI toUri(String uri) throws IOException {
        try {
            URI parsed = URI.create(uri);
            if (parsed.getScheme() != null && parsed.getScheme().startsWith("http")) {
                return parsed;
            }
            throw new IOException("it is not an HTTP address");
        } catch (IllegalArgumentException e) {
            throw new IOException("it is not a URI"); // without the cause, which shows the address
        }
    }

    /** Omits an address that cannot be parsed, because it may contain user information. */
    private static String printable(String uri) {
        try {
            return ForeignText.safe(URI.create(uri).toString());
        } catch (IllegalArgumentException e) {
            return "The address of the task metadata endpoint, which is not shown because it is not a URI,";
        }
    }

    private void pause(int attempt) throws InterruptedIOException {
        try {
            Thread.sleep(backoff.delay(attempt).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between two requests");
        }
    }

    private static @Nullable String text(JsonObject object, String member) {
        JsonElement value = object.get(member);
        if (value == null || !value.isJsonPrimitive() || value.getAsString().isBlank()) {
            return null;
        }
        return value.getAsString();
    }
}
