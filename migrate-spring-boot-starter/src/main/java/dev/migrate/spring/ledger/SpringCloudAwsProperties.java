package dev.migrate.spring.ledger;

import dev.migrate.s3.S3ObjectStore;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The properties of Spring Cloud AWS for S3. They configure the library's own client where it has the credentials or the
 * region of the application, and {@code migrate.s3} does not say otherwise.
 */
final class SpringCloudAwsProperties {

    private static final String PREFIX = "spring.cloud.aws.";

    private SpringCloudAwsProperties() {}

    /** Returns the connection of {@code migrate.s3}, completed. The region is that of the application, or null. */
    static S3ObjectStore.Connection connection(
            MigrateProperties.S3 s3, Environment environment, @Nullable String region) {
        URI endpoint = s3.endpoint();
        boolean pathStyle = s3.pathStyleAccess();
        if (endpoint == null) {
            endpoint = endpoint(environment);
            pathStyle |= environment.getProperty(PREFIX + "s3.path-style-access-enabled", Boolean.class, false);
        }
        String own = s3.region() == null ? environment.getProperty(PREFIX + "s3.region") : s3.region();
        return new S3ObjectStore.Connection(endpoint, StringUtils.hasText(own) ? own : region, pathStyle);
    }

    private static @Nullable URI endpoint(Environment environment) {
        for (String name : new String[] {PREFIX + "s3.endpoint", PREFIX + "endpoint"}) {
            String value = environment.getProperty(name);
            if (StringUtils.hasText(value)) {
                return parse(name, value);
            }
        }
        return null;
    }

    /** The message does not contain the value, which may contain a secret. */
    private static URI parse(String name, String value) {
        try {
            URI uri = URI.create(value);
            if (uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Its message contains the value.
        }
        throw new MigrateConfigurationException(
                name + " is not a URI such as http://localhost:9000.",
                "Correct " + name + ", or set migrate.s3.endpoint for the ledger.");
    }
}
