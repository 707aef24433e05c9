package dev.migrate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What an editor offers is what is bound, and nothing is offered without a word about it. */
class ConfigurationMetadataTest {

    private static final MigrateProperties DEFAULTS = bind(Map.of());

    @Test
    void describesEveryProperty() throws IOException {
        for (JsonObject property : properties()) {
            String name = property.get("name").getAsString();
            assertThat(property.has("description")).as(name).isTrue();
            assertThat(property.get("description").getAsString())
                    .as(name)
                    .matches("[A-Z].*[^ ]\\.")
                    .doesNotContain("\n");
        }
    }

    @Test
    void namesOnlyWhatIsBound() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonObject property : properties()) {
            String name = property.get("name").getAsString();
            names.add(name);
            assertThat(bind(with(name, another(property)))).as(name).isNotEqualTo(DEFAULTS);
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "migrate.enabled",
                        "migrate.mode",
                        "migrate.command",
                        "migrate.confirm",
                        "migrate.reason",
                        "migrate.output",
                        "migrate.verify.wait",
                        "migrate.environment",
                        "migrate.ledger",
                        "migrate.deployment",
                        "migrate.packages",
                        "migrate.packages-only",
                        "migrate.start",
                        "migrate.on-failure",
                        "migrate.lease",
                        "migrate.shutdown-grace",
                        "migrate.out-of-order",
                        "migrate.record-error-message",
                        "migrate.gate.enabled",
                        "migrate.gate.details",
                        "migrate.notify.sns-topic-arn",
                        "migrate.notify.webhook-url",
                        "migrate.notify.long-running",
                        "migrate.s3.endpoint",
                        "migrate.s3.region",
                        "migrate.s3.path-style-access",
                        "migrate.s3.kms-key-id",
                        "migrate.s3.expected-bucket-owner",
                        "migrate.s3.client");
    }

    @Test
    void namesTheDefaultsThatAreUsed() throws IOException {
        int checked = 0;
        for (JsonObject property : properties()) {
            JsonElement value = property.get("defaultValue");
            if (value != null && value.isJsonPrimitive()) {
                String name = property.get("name").getAsString();
                assertThat(bind(Map.of(name, value.getAsString()))).as(name).isEqualTo(DEFAULTS);
                checked++;
            }
        }
        assertThat(checked).as("properties with a default").isGreaterThan(10);
    }

    /** A command is refused where the mode takes none. */
    private static Map<String, String> with(String name, String value) {
        return name.equals("migrate.command") ? Map.of(name, value, "migrate.mode", "once") : Map.of(name, value);
    }

    private static String another(JsonObject property) {
        String type = property.get("type").getAsString();
        if (property.get("name").getAsString().endsWith("-url")) {
            return "http://localhost:9000";
        }
        String value =
                property.has("defaultValue") ? property.get("defaultValue").toString() : "";
        return switch (type) {
            case "java.lang.Boolean" -> String.valueOf(!Boolean.parseBoolean(value));
            case "java.time.Duration" -> "7s";
            case "java.net.URI" -> "http://localhost:9000";
            case "dev.migrate.spring.MigrateProperties$Mode" -> "verify";
            case "dev.migrate.spring.MigrateProperties$Output" -> "json";
            case "dev.migrate.spring.MigrateProperties$StartPhase" -> "early";
            case "dev.migrate.internal.plan.RunnerSettings$OnFailure" -> "exit";
            case "dev.migrate.internal.plan.RunnerSettings$OutOfOrder" -> "refuse";
            default -> "other";
        };
    }

    private static MigrateProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("migrate", MigrateProperties.class);
    }

    private static List<JsonObject> properties() throws IOException {
        List<JsonObject> found = new ArrayList<>();
        var all = MigrateProperties.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json");
        while (all.hasMoreElements()) {
            try (var reader = new InputStreamReader(all.nextElement().openStream(), StandardCharsets.UTF_8)) {
                for (JsonElement property :
                        JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("properties")) {
                    if (property.getAsJsonObject().get("name").getAsString().startsWith("migrate.")) {
                        found.add(property.getAsJsonObject());
                    }
                }
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }
}
