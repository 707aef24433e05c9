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

/** A topic by its ARN, and the client that reaches it: the application's own, where it has one. */
final class SnsNotifierFactory {

    private static final Duration PER_TRY = Duration.ofSeconds(5);
    private static final Duration IN_ALL = Duration.ofSeconds(15);

    private SnsNotifierFactory() {}

    static Notifier of(String arn, ListableBeanFactory beans) {
        Region region = region(arn);
        SnsClient own = beans.getBeanProvider(SnsClient.class).getIfUnique();
        AwsCredentialsProvider credentials =
                beans.getBeanProvider(AwsCredentialsProvider.class).getIfUnique();
        return new SnsNotifier(arn, () -> own != null ? own : connect(region, credentials));
    }

    private static SnsClient connect(Region region, @Nullable AwsCredentialsProvider with) {
        var builder = SnsClient.builder()
                .region(region)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(PER_TRY)
                        .socketTimeout(PER_TRY))
                .overrideConfiguration(
                        limits -> limits.apiCallAttemptTimeout(PER_TRY).apiCallTimeout(IN_ALL));
        return (with == null ? builder : builder.credentialsProvider(with)).build();
    }

    /** The topic says itself where it is. */
    private static Region region(String arn) {
        String[] parts = arn.split(":", -1);
        if (parts.length != 6 || !parts[0].equals("arn") || !parts[2].equals("sns") || parts[3].isEmpty()) {
            throw new MigrateConfigurationException(
                    "migrate.notify.sns-topic-arn is '" + ForeignText.safe(arn) + "', which is no ARN of a topic.",
                    "Give one such as arn:aws:sns:eu-central-1:123456789012:migrations, or leave it out.");
        }
        return Region.of(parts[3]);
    }
}
