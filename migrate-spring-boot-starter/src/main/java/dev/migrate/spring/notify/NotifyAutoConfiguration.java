package dev.migrate.spring.notify;

import dev.migrate.ledger.Ticker;
import dev.migrate.spring.Aside;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.MigrationMonitor;
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
 * Sends notices to where {@code migrate.notify.*} says, and to every bean of type {@link NoticeSender}.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.MigrateAutoConfiguration")
@ConditionalOnBean(MigrationMonitor.class)
public final class NotifyAutoConfiguration {

    private static final Duration AT_END = Duration.ofSeconds(5);
    private static final String SNS_CLIENT = "software.amazon.awssdk.services.sns.SnsClient";

    NotifyAutoConfiguration() {}

    @Bean
    Aside migrateNotices(MigrateProperties properties, ListableBeanFactory beans) {
        MigrateProperties.Notify notify = properties.notices();
        List<NoticeSender> senders = senders(notify, beans);
        return new Aside(
                "migrate-notices",
                settings ->
                        senders.isEmpty() ? null : new Notices(settings, notify.longRunning(), senders, Ticker.SYSTEM),
                AT_END);
    }

    private static List<NoticeSender> senders(MigrateProperties.Notify notify, ListableBeanFactory beans) {
        List<NoticeSender> senders = new ArrayList<>(
                beans.getBeanProvider(NoticeSender.class).orderedStream().toList());
        String webhook = notify.webhookUrl();
        if (webhook != null) {
            senders.add(new WebhookSender(URI.create(webhook)));
        }
        String topic = notify.snsTopicArn();
        if (StringUtils.hasText(topic)) {
            if (!ClassUtils.isPresent(SNS_CLIENT, NotifyAutoConfiguration.class.getClassLoader())) {
                throw new MigrateConfigurationException(
                        "migrate.notify.sns-topic-arn is set, but the client of Amazon SNS is not on the class path.",
                        "Add the dependency software.amazon.awssdk:sns, or leave the topic out.");
            }
            senders.add(SnsTopic.of(topic, beans));
        }
        return senders;
    }
}
