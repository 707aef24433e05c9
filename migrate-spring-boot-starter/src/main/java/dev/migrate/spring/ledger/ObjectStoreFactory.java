package dev.migrate.spring.ledger;

import dev.migrate.internal.store.DirectoryObjectStore;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.store.ObjectStore;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Opens the store of the ledger. */
public interface ObjectStoreFactory {

    /**
     * Whether the store needs beans of the application. They must be created on the main thread, after all other
     * singletons.
     */
    boolean waitsForBeans();

    /**
     * Gets the required beans.
     *
     * @param beans the beans of the application
     * @return a supplier that opens the store; it may block, and may be called on any thread
     */
    Supplier<ObjectStore> create(ListableBeanFactory beans);

    /**
     * Returns the factory for a location.
     *
     * @throws MigrateConfigurationException if the S3 client to use is ambiguous or missing
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
