package dev.migrate.spring.notification;

import dev.migrate.listener.Attempt;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Publishes notices to a topic of Amazon SNS: the text for people, and attributes that subscriptions can filter by. */
final class SnsNotifier implements Notifier {

    private final String topic;
    private final Supplier<SnsClient> clients;
    private @Nullable SnsClient client;

    /**
     * @param topic the ARN
     * @param clients makes a client when the first notice is sent
     */
    SnsNotifier(String topic, Supplier<SnsClient> clients) {
        this.topic = topic;
        this.clients = clients;
    }

    @Override
    public void send(Notification notice) {
        SnsClient known = client;
        if (known == null) {
            known = clients.get();
            client = known;
        }
        var unused = known.publish(request -> request.topicArn(topic)
                .subject(notice.subject())
                .message(notice.text())
                .messageAttributes(attributes(notice)));
    }

    private static Map<String, MessageAttributeValue> attributes(Notification notice) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        put(attributes, "event", notice.kind().word());
        put(attributes, "environment", notice.environment().value());
        Attempt attempt = notice.attempt();
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
