package dev.migrate.spring.notification;

import dev.migrate.listener.Attempt;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Publishes notifications to an Amazon SNS topic: the text, and attributes for subscription filters. */
final class SnsNotifier implements Notifier {

    private final String topic;
    private final Supplier<SnsClient> clients;
    private @Nullable SnsClient client;

    /**
     * @param topic the ARN
     * @param clients creates the client for the first notification
     */
    SnsNotifier(String topic, Supplier<SnsClient> clients) {
        this.topic = topic;
        this.clients = clients;
    }

    @Override
    public void send(Notification notification) {
        SnsClient current = client;
        if (current == null) {
            current = clients.get();
            client = current;
        }
        var unused = current.publish(request -> request.topicArn(topic)
                .subject(notification.subject())
                .message(notification.text())
                .messageAttributes(attributes(notification)));
    }

    private static Map<String, MessageAttributeValue> attributes(Notification notification) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        put(attributes, "event", notification.kind().word());
        put(attributes, "environment", notification.environment().value());
        Attempt attempt = notification.attempt();
        if (attempt != null) {
            put(attributes, "migration", attempt.id().toString());
            put(attributes, "deployment", attempt.deployment());
        }
        return attributes;
    }

    private static void put(Map<String, MessageAttributeValue> attributes, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(
                    name,
                    MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue(value)
                            .build());
        }
    }

    @Override
    public String toString() {
        return "the topic " + topic;
    }
}
