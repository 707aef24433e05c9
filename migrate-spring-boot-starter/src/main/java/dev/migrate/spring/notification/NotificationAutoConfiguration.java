package dev.migrate.spring.notification;

import dev.migrate.internal.time.TimeSource;
import dev.migrate.spring.AsyncListener;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.startup.MigrationMonitor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Sends notifications to the targets in {@code migrate.notify.*} and to every bean of type {@link Notifier}.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.autoconfigure.MigrateAutoConfiguration")
@ConditionalOnBean(MigrationMonitor.class)
public final class NotificationAutoConfiguration {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final String SNS_CLIENT = "software.amazon.awssdk.services.sns.SnsClient";

    NotificationAutoConfiguration() {}

    @Bean("dev.migrate.notifications")
    AsyncListener migrateNotices(MigrateProperties properties, ListableBeanFactory beans) {
        MigrateProperties.Notify notify = properties.notices();
        List<Notifier> notifiers = notifiers(notify, beans);
        return new AsyncListener(
                "migrate-notices",
                settings -> notifiers.isEmpty()
                        ? null
                        : new NotificationListener(settings, notify.longRunning(), notifiers, TimeSource.SYSTEM),
                CLOSE_TIMEOUT);
    }

    private static List<Notifier> notifiers(MigrateProperties.Notify notify, ListableBeanFactory beans) {
        List<Notifier> notifiers = new ArrayList<>(
                beans.getBeanProvider(Notifier.class).orderedStream().toList());
        String webhook = notify.webhookUrl();
        if (webhook != null) {
            notifiers.add(new WebhookNotifier(URI.create(webhook)));
        }
        String topic = notify.snsTopicArn();
        if (StringUtils.hasText(topic)) {
            if (!ClassUtils.isPresent(SNS_CLIENT, NotificationAutoConfiguration.class.getClassLoader())) {
                throw new MigrateConfigurationException(
                        "migrate.notify.sns-topic-arn is set, but the Amazon SNS client is not on the class path.",
                        "Add the dependency software.amazon.awssdk:sns, or remove the property.");
            }
            notifiers.add(SnsNotifierFactory.of(topic, beans));
        }
        return notifiers;
    }
}
