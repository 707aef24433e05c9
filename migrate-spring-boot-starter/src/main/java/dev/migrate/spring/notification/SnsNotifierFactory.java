package dev.migrate.spring.notification;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.spring.MigrateConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/** Creates a notifier from the ARN of a topic. It uses the SNS client of the application if there is one. */
final class SnsNotifierFactory {

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

    private SnsNotifierFactory() {}

    static Notifier of(String arn, ListableBeanFactory beans) {
        Region region = region(arn);
        SnsClient client = beans.getBeanProvider(SnsClient.class).getIfUnique();
        AwsCredentialsProvider credentials =
                beans.getBeanProvider(AwsCredentialsProvider.class).getIfUnique();
        return new SnsNotifier(arn, () -> client != null ? client : connect(region, credentials));
    }

    private static SnsClient connect(Region region, @Nullable AwsCredentialsProvider credentials) {
        var builder = SnsClient.builder()
                .region(region)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(ATTEMPT_TIMEOUT)
                        .socketTimeout(ATTEMPT_TIMEOUT))
                .overrideConfiguration(
                        limits -> limits.apiCallAttemptTimeout(ATTEMPT_TIMEOUT).apiCallTimeout(CALL_TIMEOUT));
        return (credentials == null ? builder : builder.credentialsProvider(credentials)).build();
    }

    /** Returns the region in the ARN. */
    private static Region region(String arn) {
        String[] parts = arn.split(":", -1);
        if (parts.length != 6 || !parts[0].equals("arn") || !parts[2].equals("sns") || parts[3].isEmpty()) {
            throw new MigrateConfigurationException(
                    "migrate.notify.sns-topic-arn is '" + ForeignText.safe(arn) + "', which is not the ARN of a topic.",
                    "Set an ARN such as arn:aws:sns:eu-central-1:123456789012:migrations, or remove the property.");
        }
        return Region.of(parts[3]);
    }
}
