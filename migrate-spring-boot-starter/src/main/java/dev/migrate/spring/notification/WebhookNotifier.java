package dev.migrate.spring.notification;

import dev.migrate.internal.time.Backoff;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Posts notifications to a URL as JSON. The URL of a webhook is a secret, so it is never logged. */
final class WebhookNotifier implements Notifier {

    private static final int MAX_ATTEMPTS = 3;

    private final URI url;
    private final Duration timeout;
    private final Backoff backoff;
    private @Nullable HttpClient client;

    WebhookNotifier(URI url) {
        this(url, Duration.ofSeconds(10), Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    WebhookNotifier(URI url, Duration timeout, Backoff backoff) {
        this.url = url;
        this.timeout = timeout;
        this.backoff = backoff;
    }

    @Override
    public void send(Notification notification) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(notification.json()))
                .build();
        String error = "";
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            int status = 0;
            try {
                status = client().send(request, response -> new UnreadBody()).statusCode();
                error = "status " + status;
            } catch (IOException e) {
                error = e.getClass().getSimpleName(); // the message may contain the URL
            }
            if (status >= 200 && status < 300) {
                return;
            }
            boolean retryable = status == 0 || status == 429 || status >= 500;
            if (!retryable || attempt == MAX_ATTEMPTS) {
                break;
            }
            Thread.sleep(backoff.delay(attempt).toMillis());
        }
        throw new IOException("the webhook did not accept it: " + error);
    }

    private HttpClient client() {
        HttpClient current = client;
        if (current == null) {
            current = HttpClient.newBuilder()
                    .connectTimeout(timeout)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = current;
        }
        return current;
    }

    @Override
    public String toString() {
        return "the webhook at " + url.getHost();
    }
}
