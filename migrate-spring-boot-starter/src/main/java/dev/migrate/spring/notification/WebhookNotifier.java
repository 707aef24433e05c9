package dev.migrate.spring.notification;

import dev.migrate.internal.time.Backoff;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Posts notices to a URL, as JSON. Whoever knows the URL of a webhook can write to it, so it appears nowhere. */
final class WebhookNotifier implements Notifier {

    private static final int TRIES = 3;

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
    public void send(Notification notice) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(notice.json()))
                .build();
        String trouble = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            int status = 0;
            try {
                status = client().send(request, answer -> new UnreadBody()).statusCode();
                trouble = "status " + status;
            } catch (IOException e) {
                trouble = e.getClass().getSimpleName(); // its message may hold the URL
            }
            if (status >= 200 && status < 300) {
                return;
            }
            boolean again = status == 0 || status == 429 || status >= 500;
            if (!again || attempt == TRIES) {
                break;
            }
            Thread.sleep(backoff.delay(attempt).toMillis());
        }
        throw new IOException("it was not taken: " + trouble);
    }

    private HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .connectTimeout(timeout)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = made;
        }
        return made;
    }

    @Override
    public String toString() {
        return "the webhook at " + url.getHost();
    }
}
