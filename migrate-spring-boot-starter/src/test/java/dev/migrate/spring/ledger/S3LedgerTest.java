package dev.migrate.spring.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.ecs.EcsStub;
import dev.migrate.spring.fixtures.PlainApp;
import dev.migrate.spring.startup.LedgerPrefetch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** The steady state: an empty application whose ledger holds nothing that is pending. */
@ExtendWith(OutputCaptureExtension.class)
class S3LedgerTest {

    private static final String NO_MIGRATIONS = "nothing";
    private static final String REGISTER = "{\"format\":1,\"environment\":\"odin-dev\",\"revision\":1,\"nonce\":\"n\","
            + "\"applied\":[],\"attempts\":[]}";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String credentials = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + credentials.replaceAll(".*Credential=([^/]+)/[0-9]+/([^/]+)/.*", "$1@$2"));
            byte[] body = REGISTER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.setProperty("aws.accessKeyId", "chain");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void isReadOnceWithAClientOfItsOwn() {
        apps().run(NO_MIGRATIONS, own("--migrate.s3.region=eu-north-1")).close();
        assertThat(requests).containsExactly("GET /bucket/cars/odin-dev/ledger.json chain@eu-north-1");
    }

    @Test
    void isReadOnceForAnEnvironmentNamedByEcs() throws IOException {
        try (var ecs = new EcsStub()) {
            apps().run(NO_MIGRATIONS, own("--migrate.environment=", "--ECS_CONTAINER_METADATA_URI_V4=" + ecs.uri()))
                    .close();
            assertThat(requests).hasSize(1).first().asString().contains("GET /bucket/cars/odin-dev/ledger.json");
            assertThat(ecs.requests()).containsExactly("/v4/abc/task", "/v4/abc");
        }
    }

    @Test
    void isNotReadWhenSwitchedOff() {
        apps().run(NO_MIGRATIONS, own("--migrate.enabled=false")).close();
        assertThat(requests).isEmpty();
    }

    @Test
    void isReachedByTheOnlyClientOfTheApplicationWhichStaysOpen(CapturedOutput output) {
        One.closed.set(false);
        try (var context = run(One.class, "--migrate.s3.region=eu-west-9")) {
            assertThat(requests).containsExactly("GET /bucket/cars/odin-dev/ledger.json one@us-east-1");
            context.getBean(LedgerPrefetch.class).destroy();
            assertThat(One.closed).isFalse();
        }
        assertThat(output.toString().lines().filter(line -> line.contains("have no effect")))
                .hasSize(1)
                .first()
                .asString()
                .contains("WARN")
                .contains("'one'");
    }

    @Test
    void isReachedByThePrimaryOne() {
        run(PrimaryOne.class).close();
        assertThat(requests).containsExactly("GET /bucket/cars/odin-dev/ledger.json primary@us-east-1");
    }

    @Test
    void isReachedByTheChosenOneOfSeveral() {
        run(Several.class, "--migrate.s3.client=second").close();
        assertThat(requests).containsExactly("GET /bucket/cars/odin-dev/ledger.json second@us-east-1");
    }

    @Test
    void isReachedByNoneOfSeveralWithoutAChoice() {
        assertThatThrownBy(() -> run(Several.class))
                .isInstanceOf(MigrateConfigurationException.class)
                .hasMessageContaining("first, second");
        assertThatThrownBy(() -> run(Several.class, "--migrate.s3.client=third"))
                .isInstanceOf(MigrateConfigurationException.class)
                .hasMessageContaining(
                        "'third', but no S3 client of the application has that name: it has first, second");
        assertThat(requests).isEmpty();
    }

    @Test
    void isReachedWithCredentialsAndRegionOfTheApplication() {
        run(CloudCore.class, own()).close();
        assertThat(requests).containsExactly("GET /bucket/cars/odin-dev/ledger.json core@ap-south-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.cloud.aws.endpoint", "spring.cloud.aws.s3.endpoint"})
    void isReachedAtTheEndpointOfSpringCloudToo(String property) {
        run(
                        CloudCore.class,
                        "--" + property + "=" + endpoint(),
                        "--spring.cloud.aws.s3.path-style-access-enabled=true",
                        "--spring.cloud.aws.s3.region=eu-west-3")
                .close();
        assertThat(requests).containsExactly("GET /bucket/cars/odin-dev/ledger.json core@eu-west-3");
    }

    @Test
    void isReachedAtItsOwnEndpointRatherThanThatOfSpringCloud() {
        run(CloudCore.class, own("--spring.cloud.aws.endpoint=http://127.0.0.1:1"))
                .close();
        assertThat(requests).containsExactly("GET /bucket/cars/odin-dev/ledger.json core@ap-south-1");
    }

    @Test
    void namesAnEndpointOfSpringCloudThatIsNone() {
        assertThatThrownBy(() -> run(CloudCore.class, "--spring.cloud.aws.endpoint=http://user:secret@cars:90"))
                .hasStackTraceContaining("spring.cloud.aws.endpoint is not a URI")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("secret"));
    }

    @Test
    void isReachedByTheApplicationsClientInALazyApplicationToo() {
        run(One.class, "--spring.main.lazy-initialization=true").close();
        assertThat(requests).hasSize(1);
    }

    private String[] own(String... more) {
        var all = new java.util.ArrayList<>(
                List.of("--migrate.s3.endpoint=" + endpoint(), "--migrate.s3.path-style-access=true"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private org.springframework.context.ConfigurableApplicationContext run(Class<?> beans, String... arguments) {
        var all = new java.util.ArrayList<>(List.of("--test.endpoint=" + endpoint()));
        all.addAll(List.of(arguments));
        return apps().run(new Class<?>[] {PlainApp.class, beans}, NO_MIGRATIONS, all.toArray(String[]::new));
    }

    private String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static TestApplications apps() {
        return new TestApplications("s3://bucket/cars");
    }

    private static S3Client client(Environment environment, String user) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create(environment.getRequiredProperty("test.endpoint")))
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(user, "secret")))
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class One {
        static final AtomicBoolean closed = new AtomicBoolean();

        @Bean
        S3Client one(Environment environment) {
            S3Client client = client(environment, "one");
            return (S3Client) java.lang.reflect.Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            closed.set(true);
                        }
                        return method.invoke(client, arguments);
                    });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryOne {
        @Bean
        S3Client other(Environment environment) {
            return client(environment, "other");
        }

        @Bean
        @Primary
        S3Client primary(Environment environment) {
            return client(environment, "primary");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Several {
        @Bean
        S3Client first(Environment environment) {
            return client(environment, "first");
        }

        @Bean
        S3Client second(Environment environment) {
            return client(environment, "second");
        }
    }

    /** What the core of Spring Cloud AWS brings. */
    @Configuration(proxyBeanMethods = false)
    static class CloudCore {
        @Bean
        AwsCredentialsProvider credentialsProvider() {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create("core", "secret"));
        }

        @Bean
        AwsRegionProvider regionProvider() {
            return () -> Region.AP_SOUTH_1;
        }
    }
}
