package dev.migrate.spring.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.migrate.EnvironmentName;
import dev.migrate.internal.operations.LedgerOperations;
import dev.migrate.s3.S3ObjectStore;
import dev.migrate.spring.report.Problem;
import dev.migrate.store.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** What a person reads where nobody has credentials, of a real client, in the log and on standard error. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class NoCredentialsTest {

    private static final AwsCredentialsProvider NOBODY =
            AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create());

    private final ListAppender<ILoggingEvent> entries = new ListAppender<>();

    @Test
    void isToldInOneLineAndWithAWayOut() {
        Logger log = (Logger) LoggerFactory.getLogger(LedgerOperations.class);
        entries.start();
        log.addAppender(entries);
        var connection = new S3ObjectStore.Connection(URI.create("http://127.0.0.1:9"), "us-east-2", true);
        try (S3ObjectStore store =
                S3ObjectStore.connect(S3ObjectStore.Settings.parse("s3://my-ledgers/cars"), connection, NOBODY)) {
            LedgerOperations desk = new LedgerOperations(store, new EnvironmentName("odin-dev"), Duration.ofSeconds(3));
            StoreUnavailableException told = catchThrowableOfType(StoreUnavailableException.class, desk::report);

            List<String> lines =
                    TextResultFormatter.of(Problem.of(told)).lines().toList();
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0))
                    .startsWith("Listing s3://my-ledgers/cars/odin-dev: No AWS credentials found")
                    .hasSizeLessThan(200);
            assertThat(lines.get(1)).contains("role", "docs/iam.md");
            assertThat(entries.list).hasSize(1);
            assertThat(entries.list.get(0).getFormattedMessage())
                    .contains(
                            "Migrate keeps retrying", "No AWS credentials found", "Give the task a role", "AWS_PROFILE")
                    .doesNotContain("Unable to load");
        } finally {
            log.detachAppender(entries);
        }
    }
}
