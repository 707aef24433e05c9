package dev.migrate.spring.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.time.Backoff;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.spring.MigrateConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

@Timeout(30)
class CompositeNotifierTest {

    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:migrations";
    private static final Notification NOTICE = new Notification(
            Notification.Kind.FAILED_AGAIN,
            new EnvironmentName("odin-dev"),
            new Attempt(
                    MigrationId.of("0003"),
                    "Prices",
                    2,
                    "t",
                    null,
                    "sha256:ab",
                    new Owner("host", 7, null),
                    false,
                    Map.of()),
            "Migration 0003 Prices failed \u2013 again.",
            "no such car",
            Duration.ofSeconds(3),
            Instant.parse("2026-11-20T10:00:00Z"));

    private static WebhookNotifier webhook(URI url) {
        return webhook(url, Duration.ofSeconds(20));
    }

    private static WebhookNotifier webhook(URI url, Duration retryPolicy) {
        return new WebhookNotifier(url, retryPolicy, Backoff.fixed(Duration.ofMillis(10)));
    }

    @Test
    void aWebhookIsSentADocumentThatAChatCanShow() throws Exception {
        try (var posts = new Posts()) {
            webhook(posts.uri()).send(NOTICE);
            assertThat(posts.bodies()).hasSize(1);
            assertThat(posts.bodies().get(0)).startsWith("POST /hook/secret {");
            JsonObject json = JsonParser.parseString(posts.bodies().get(0).substring("POST /hook/secret ".length()))
                    .getAsJsonObject();
            Map<String, String> fields = json.keySet().stream()
                    .collect(Collectors.toMap(
                            name -> name, name -> json.get(name).getAsString()));
            assertThat(fields)
                    .containsOnly(
                            Map.entry("text", "Migration 0003 Prices failed \u2013 again."),
                            Map.entry("event", "failed-again"),
                            Map.entry("environment", "odin-dev"),
                            Map.entry("migration", "0003"),
                            Map.entry("name", "Prices"),
                            Map.entry("attempt", "2"),
                            Map.entry("undoing", "false"),
                            Map.entry("deployment", "sha256:ab"),
                            Map.entry("owner", "host, process 7"),
                            Map.entry("error", "no such car"),
                            Map.entry("elapsedMillis", "3000"),
                            Map.entry("at", "2026-11-20T10:00:00Z"));
        }
    }

    @Test
    void aWebhookThatIsBusyIsTriedAgainAndOneThatRefusesIsNot() throws Exception {
        try (var posts = new Posts()) {
            posts.answerNext(503, 429);
            webhook(posts.uri()).send(NOTICE);
            assertThat(posts.bodies()).hasSize(3);
            posts.answerNext(404);
            assertThatThrownBy(() -> webhook(posts.uri()).send(NOTICE)).hasMessageContaining("404");
            assertThat(posts.bodies()).hasSize(4);
            posts.answerNext(500, 500, 500, 500);
            assertThatThrownBy(() -> webhook(posts.uri()).send(NOTICE)).hasMessageContaining("500");
            assertThat(posts.bodies()).hasSize(7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 302, 304, 307, 308})
    void anAnswerThatIsNoSuccessIsAFailureAndNoRedirectIsFollowed(int status) throws Exception {
        try (var posts = new Posts()) {
            posts.answerNext(status);
            assertThatThrownBy(() -> webhook(posts.uri()).send(NOTICE))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the webhook did not accept it: status " + status);
            assertThat(posts.bodies()).hasSize(1).allMatch(post -> post.startsWith("POST /hook/secret "));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 299})
    void anySuccessIsOne(int status) throws Exception {
        try (var posts = new Posts()) {
            posts.answerNext(status);
            webhook(posts.uri()).send(NOTICE);
            assertThat(posts.bodies()).hasSize(1);
        }
    }

    @Test
    void anErrorOfOneSenderKeepsNothingFromTheOthersNorFromTheCaller() {
        List<String> reached = new ArrayList<>();
        List<Notifier> senders = new ArrayList<>();
        List<Throwable> thrown = List.of(
                new NoClassDefFoundError("software/amazon/awssdk/services/sns/SnsClient"),
                new StackOverflowError(),
                new AssertionError("no"),
                new IllegalStateException("closed"),
                new IOException("nobody listens"));
        for (Throwable one : thrown) {
            senders.add(notice -> {
                reached.add(one.getClass().getSimpleName());
                sneak(one);
            });
            senders.add(notice -> reached.add("after it: " + notice.subject()));
        }
        new CompositeNotifier(senders).send(NOTICE);
        assertThat(reached)
                .containsExactlyElementsOf(thrown.stream()
                        .flatMap(one -> Stream.of(one.getClass().getSimpleName(), "after it: " + NOTICE.subject()))
                        .toList());
    }

    @Test
    void anInterruptEndsTheSendingAndIsKept() {
        List<Notification> reached = new ArrayList<>();
        new CompositeNotifier(List.of(
                        notice -> {
                            throw new InterruptedException();
                        },
                        reached::add))
                .send(NOTICE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(reached).isEmpty();
    }

    @SuppressWarnings("unchecked") // what is thrown is not looked at by the compiler
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void aWebhookIsAskedAgainAfterADelayThatIsDrawn() throws Exception {
        var draws = new AtomicInteger();
        Backoff backoff = Backoff.fixed(Duration.ofMillis(10)).with(() -> draws.incrementAndGet());
        try (var posts = new Posts()) {
            posts.answerNext(503, 429);
            new WebhookNotifier(posts.uri(), Duration.ofSeconds(20), backoff).send(NOTICE);
        }
        assertThat(draws).hasValue(2);
    }

    @Test
    void aWebhookThatDoesNotAnswerTakesABoundedTimeAndItsAddressIsToldToNobody() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/hook/secret");
            long begun = System.nanoTime();
            assertThatThrownBy(() -> webhook(url, Duration.ofMillis(200)).send(NOTICE))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
            assertThat(webhook(url).toString()).doesNotContain("secret");
        }
    }

    @Test
    void aTopicIsToldTheTextWithAttributesToFilterBy() throws Exception {
        String answer = "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                + "<MessageId>1</MessageId></PublishResult><ResponseMetadata><RequestId>2</RequestId>"
                + "</ResponseMetadata></PublishResponse>";
        try (var posts = new Posts(answer);
                var client = SnsClient.builder()
                        .endpointOverride(URI.create(posts.origin()))
                        .region(Region.EU_CENTRAL_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            new SnsNotifier(TOPIC, () -> client).send(NOTICE);
            assertThat(posts.bodies()).hasSize(1);
            List<String> form = Arrays.stream(
                            posts.bodies().get(0).substring("POST / ".length()).split("&"))
                    .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
                    .toList();
            assertThat(form)
                    .contains(
                            "Action=Publish",
                            "TopicArn=" + TOPIC,
                            "Subject=odin-dev: migration 0003 failed-again",
                            "Message=Migration 0003 Prices failed \u2013 again.");
            assertThat(form.stream()
                            .filter(field -> field.contains("Value.StringValue="))
                            .toList())
                    .extracting(field -> field.substring(field.indexOf('=') + 1))
                    .containsExactlyInAnyOrder("failed-again", "odin-dev", "0003", "sha256:ab");
        }
    }

    @Test
    void whatIsNoTopicIsRefusedAtTheStart() {
        for (String arn : List.of("migrations", "arn:aws:sqs:eu-central-1:1:queue", "arn:aws:sns::1:topic")) {
            assertThatThrownBy(() -> SnsNotifierFactory.of(arn, new DefaultListableBeanFactory()))
                    .isInstanceOf(MigrateConfigurationException.class)
                    .hasMessageContaining(arn);
        }
    }
}
