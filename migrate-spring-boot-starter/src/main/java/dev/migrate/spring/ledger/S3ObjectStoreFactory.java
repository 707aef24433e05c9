package dev.migrate.spring.ledger;

import dev.migrate.s3.S3ObjectStore;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens a store in S3 with the application's S3 client, or with its own client if the application has none. */
final class S3ObjectStoreFactory {

    private static final Logger log = LoggerFactory.getLogger(S3ObjectStoreFactory.class);

    private S3ObjectStoreFactory() {}

    static ObjectStoreFactory of(
            S3ObjectStore.Settings settings, MigrateProperties.S3 s3, ConfigurableListableBeanFactory beans) {
        String client = S3ClientSelector.select(beans, s3.client());
        if (client != null) {
            warnOfUnusedProperties(s3, client);
            return new ApplicationClient(settings, client);
        }
        boolean waitsForBeans = has(beans, AwsCredentialsProvider.class) || has(beans, AwsRegionProvider.class);
        return new OwnClient(settings, s3, waitsForBeans);
    }

    private static boolean has(ListableBeanFactory beans, Class<?> type) {
        return beans.getBeanNamesForType(type, false, false).length > 0;
    }

    private static void warnOfUnusedProperties(MigrateProperties.S3 s3, String client) {
        if (s3.endpoint() != null || s3.region() != null || s3.pathStyleAccess()) {
            log.warn(
                    "migrate.s3.endpoint, region and path-style-access have no effect: the ledger uses the"
                            + " application's S3 client, the bean '{}', with its own configuration.",
                    client);
        }
    }

    /** Uses a bean of the application, which is not closed with the store. */
    private record ApplicationClient(S3ObjectStore.Settings settings, String client) implements ObjectStoreFactory {

        @Override
        public boolean waitsForBeans() {
            return true;
        }

        @Override
        public Supplier<ObjectStore> create(ListableBeanFactory beans) {
            S3Client bean = beans.getBean(client, S3Client.class);
            return () -> S3ObjectStore.over(bean, settings);
        }
    }

    /** Creates a lightweight client, with the application's credentials and region providers if it has such beans. */
    private record OwnClient(S3ObjectStore.Settings settings, MigrateProperties.S3 s3, boolean waitsForBeans)
            implements ObjectStoreFactory {

        @Override
        public Supplier<ObjectStore> create(ListableBeanFactory beans) {
            AwsCredentialsProvider credentials = waitsForBeans
                    ? beans.getBeanProvider(AwsCredentialsProvider.class).getIfUnique()
                    : null;
            AwsRegionProvider region = waitsForBeans && s3.region() == null
                    ? beans.getBeanProvider(AwsRegionProvider.class).getIfUnique()
                    : null;
            Environment environment = waitsForBeans
                    ? beans.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class)
                    : null;
            return () -> {
                String regionName = region == null ? s3.region() : region(region);
                S3ObjectStore.Connection connection = environment == null
                        ? new S3ObjectStore.Connection(s3.endpoint(), regionName, s3.pathStyleAccess())
                        : SpringCloudAwsProperties.connection(s3, environment, regionName);
                try {
                    return credentials == null
                            ? S3ObjectStore.connect(settings, connection)
                            : S3ObjectStore.connect(settings, connection, credentials);
                } catch (NonTransientStoreException e) { // thrown before a request is sent: no region
                    throw new MigrateConfigurationException(String.valueOf(e.getMessage()), e.action(), e);
                }
            };
        }

        private static @Nullable String region(AwsRegionProvider provider) {
            return provider.getRegion() == null ? null : provider.getRegion().id();
        }
    }
}
