package dev.migrate.spring.ledger;

import dev.migrate.internal.store.DirectoryObjectStore;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.store.ObjectStore;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Knows how to open the store of the ledger. */
public interface ObjectStoreFactory {

    /** Whether beans of the application are needed, which may be made on the main thread alone, and not too early. */
    boolean waitsForBeans();

    /**
     * Fetches the beans that are needed.
     *
     * @param beans the beans of the application
     * @return what opens the store; it may take a while, and may run on any thread
     */
    Supplier<ObjectStore> create(ListableBeanFactory beans);

    /**
     * The source for a location.
     *
     * @throws MigrateConfigurationException if it is not clear which S3 client to use
     */
    static ObjectStoreFactory of(
            LedgerLocation location, MigrateProperties.S3 s3, ConfigurableListableBeanFactory beans) {
        if (location instanceof LedgerLocation.Bucket bucket) {
            return S3ObjectStoreFactory.of(
                    bucket.settings().withKmsKeyId(s3.kmsKeyId()).withExpectedBucketOwner(s3.expectedBucketOwner()),
                    s3,
                    beans);
        }
        return location instanceof LedgerLocation.Folder folder
                ? new LocalStoreFactory(() -> new DirectoryObjectStore(folder.path()))
                : new LocalStoreFactory(InMemoryObjectStore::new);
    }

    /** Opens a store that needs nothing of the application. */
    record LocalStoreFactory(Supplier<ObjectStore> store) implements ObjectStoreFactory {

        @Override
        public boolean waitsForBeans() {
            return false;
        }

        @Override
        public Supplier<ObjectStore> create(ListableBeanFactory beans) {
            return store;
        }
    }
}
