package dev.migrate.spring.ledger;

import dev.migrate.internal.store.DirectoryObjectStore;
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
        return new FolderStoreFactory((LedgerLocation.Folder) location);
    }

    /** Opens a store in a folder. */
    record FolderStoreFactory(LedgerLocation.Folder folder) implements ObjectStoreFactory {

        @Override
        public boolean waitsForBeans() {
            return false;
        }

        @Override
        public Supplier<ObjectStore> create(ListableBeanFactory beans) {
            return () -> new DirectoryObjectStore(folder.path());
        }
    }
}
