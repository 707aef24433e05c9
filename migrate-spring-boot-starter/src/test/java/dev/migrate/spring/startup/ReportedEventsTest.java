package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.spring.ChildJvm;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.ecs.TaskProtection;
import dev.migrate.spring.fixtures.PlainApp;
import dev.migrate.spring.notification.Posts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

/** What a whole application tells of its migrations: as events of its own, in notices, to its host, as JSON in its log. */
@Timeout(300)
class ReportedEventsTest {

    private static final List<MigrationEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static final AtomicBoolean BROKEN = new AtomicBoolean();

    @TempDir
    Path folder;

    static class Listening {
        @EventListener
        void on(MigrationEvent event) {
            EVENTS.add(event);
            if (BROKEN.get()) {
                throw new IllegalStateException("a broken listener");
            }
        }
    }

    /** A process that ends waits five seconds for its notices; they are not to be spent on loading a client. */
    @BeforeAll
    static void useAClientOnce() throws Exception {
        try (var posts = new Posts()) {
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(posts.uri()).build(), HttpResponse.BodyHandlers.discarding());
        }
    }

    @BeforeEach
    void forget() {
        EVENTS.clear();
        BROKEN.set(false);
    }

    private TestApplications apps() {
        return new TestApplications(folder.resolve("ledger"));
    }

    private static final Class<?>[] SOURCES = {PlainApp.class, Listening.class};

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theApplicationHearsOfItsMigrationsAndABrokenListenerChangesNothing(boolean broken) {
        BROKEN.set(broken);
        apps().run(SOURCES, "basic").close();
        assertThat(EVENTS).first().isInstanceOf(MigrationEvent.RunStarted.class);
        assertThat(EVENTS).hasAtLeastOneElementOfType(MigrationEvent.Applied.class);
        assertThat(EVENTS).last().isInstanceOf(MigrationEvent.Completed.class);
    }

    @Test
    void whatFailsIsToldBeforeTheProcessEnds() throws Exception {
        try (var chat = new Posts()) {
            chat.answerNext(503);
            assertThatThrownBy(() -> apps().run(
                                    SOURCES,
                                    "failing",
                                    "--migrate.on-failure=exit",
                                    "--migrate.notify.webhook-url=" + chat.uri()))
                    .isInstanceOf(MigrationStartupException.class);
            assertThat(EVENTS).hasAtLeastOneElementOfType(MigrationEvent.AttemptFailed.class);
            assertThat(chat.bodies()).hasSize(2).last().asString().contains("\"event\":\"failed\"", "no such car");
        }
    }

    @Test
    void aGoodStartSendsNoNotice() throws Exception {
        try (var chat = new Posts()) {
            apps().run(SOURCES, "basic", "--migrate.notify.webhook-url=" + chat.uri())
                    .close();
            assertThat(EVENTS).last().isInstanceOf(MigrationEvent.Completed.class);
            assertThat(chat.bodies()).isEmpty();
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anAddressThatIsNoneIsRefusedAndNotShown(CapturedOutput output) {
        for (String address :
                List.of("file:/secret/hook", "secret/hook", "http:///secret/hook", "ht tp://h/secret/hook")) {
            Throwable refused =
                    catchThrowable(() -> apps().run(SOURCES, "basic", "--migrate.notify.webhook-url=" + address));
            assertThat(refused).as(address).hasStackTraceContaining("migrate.notify.webhook-url is not an HTTP URL");
            StringWriter trace = new StringWriter();
            refused.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).as(address).doesNotContain("secret");
        }
        assertThat(output)
                .contains("migrate.notify.webhook-url is not an HTTP URL")
                .doesNotContain("secret");
        assertThatThrownBy(() -> apps().run(SOURCES, "basic", "--migrate.notify.sns-topic-arn=migrations"))
                .hasStackTraceContaining("which is not the ARN of a topic");
        assertThatThrownBy(() -> apps().run(SOURCES, "basic", "--migrate.notify.long-running=0s"))
                .hasStackTraceContaining("which is not positive");
    }

    @Test
    void theTaskIsProtectedWhileMigrationsRun() throws Exception {
        try (var agent = new Posts("{\"protection\":{}}")) {
            apps().run(SOURCES, "basic", "--" + TaskProtection.VARIABLE + "=" + agent.origin())
                    .close();
            assertThat(agent.bodies().get(0)).contains("\"ProtectionEnabled\":true");
            assertThat(agent.bodies()).last().asString().contains("\"ProtectionEnabled\":false");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void theLogIsJsonWhereThatIsWanted(String format) throws Exception {
        String[] arguments = apps().arguments(
                        "failing", "--migrate.on-failure=exit", "--logging.structured.format.console=" + format);
        try (var child = new ChildJvm(List.of(), ProcessTest.Child.class, arguments)) {
            assertThat(child.exitCode(Duration.ofMinutes(3))).isEqualTo(ExitCode.FAILED);
            JsonObject failed = child.output()
                    .lines()
                    .filter(line -> line.startsWith("{") && line.contains("migration.failed"))
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .findFirst()
                    .orElseThrow();
            assertThat(failed.get("event").getAsString()).isEqualTo("migration.failed");
            assertThat(failed.get("environment").getAsString()).isEqualTo("odin-dev");
            assertThat(failed.get("migration").getAsString()).matches("[0-9]{4}");
            assertThat(failed.get("attempt").getAsInt()).isEqualTo(1);
            assertThat(failed.get("elapsedMillis").getAsLong()).isNotNegative();
            assertThat(failed.has("deployment")).isTrue();
            assertThat(failed.toString()).contains("no such car");
        }
    }
}
