package dev.migrate.spring;

import dev.migrate.store.DirectoryObjectStore;
import dev.migrate.store.ObjectStore;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Knows how to open the store of the ledger. */
interface StoreSource {

    /** Whether beans of the application are needed, which may be made on the main thread alone, and not too early. */
    boolean waitsForBeans();

    /**
     * Fetches the beans that are needed.
     *
     * @param beans the beans of the application
     * @return what opens the store; it may take a while, and may run on any thread
     */
    Supplier<ObjectStore> prepare(ListableBeanFactory beans);

    /**
     * The source for a location.
     *
     * @throws MigrateConfigurationException if it is not clear which S3 client to use
     */
    static StoreSource of(LedgerLocation location, MigrateProperties.S3 s3, ConfigurableListableBeanFactory beans) {
        if (location instanceof LedgerLocation.Bucket bucket) {
            return S3Source.of(
                    bucket.settings().withKmsKeyId(s3.kmsKeyId()).withExpectedBucketOwner(s3.expectedBucketOwner()),
                    s3,
                    beans);
        }
        return new FolderSource((LedgerLocation.Folder) location);
    }

    /** The source of a store in a folder. */
    record FolderSource(LedgerLocation.Folder folder) implements StoreSource {

        @Override
        public boolean waitsForBeans() {
            return false;
        }

        @Override
        public Supplier<ObjectStore> prepare(ListableBeanFactory beans) {
            return () -> new DirectoryObjectStore(folder.path());
        }
    }
}
