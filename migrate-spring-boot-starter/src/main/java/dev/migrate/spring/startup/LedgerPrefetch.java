package dev.migrate.spring.startup;

import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.discovery.BuildPhase;
import dev.migrate.spring.identity.ProcessIdentity;
import dev.migrate.spring.identity.ProcessIdentityResolver;
import dev.migrate.spring.ledger.LedgerLocation;
import dev.migrate.spring.ledger.ObjectStoreFactory;
import dev.migrate.spring.ledger.S3Warmup;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Resolves the process identity, opens the ledger and reads its register on background threads while the application
 * starts. It begins when all configuration classes are read. A store that needs beans of the application is opened
 * after they exist; only its classes are loaded before.
 */
public final class LedgerPrefetch
        implements BeanDefinitionRegistryPostProcessor, SmartInitializingSingleton, Ordered, DisposableBean {

    private final Environment environment;
    private final Executor threads = LedgerPrefetch::startThread;
    private final CompletableFuture<Supplier<ObjectStore>> opener = new CompletableFuture<>();
    private final CompletableFuture<ObjectStore> opened = opener.thenApplyAsync(Supplier::get, threads);
    private @Nullable ConfigurableListableBeanFactory beans;
    private @Nullable ObjectStoreFactory factory;
    private @Nullable CompletableFuture<ProcessIdentity> identity;
    private @Nullable CompletableFuture<ObjectStore> store;

    public LedgerPrefetch(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (BuildPhase.isAot() || BuildPhase.isTraining()) {
            return;
        }
        MigrateProperties properties = Binder.get(environment).bindOrCreate("migrate", MigrateProperties.class);
        if (properties.enabled()) {
            begin(properties, (DefaultListableBeanFactory) registry);
        }
    }

    private void begin(MigrateProperties properties, DefaultListableBeanFactory beanFactory) {
        var resolver = new ProcessIdentityResolver(properties, environment);
        ObjectStoreFactory storeFactory =
                ObjectStoreFactory.of(LedgerLocation.parse(properties.ledger()), properties.s3(), beanFactory);
        CompletableFuture<ProcessIdentity> futureIdentity = CompletableFuture.supplyAsync(resolver::resolve, threads);
        // A command compares the register with the receipts, so it must read the register after them.
        this.store = properties.mode() == MigrateProperties.Mode.ONCE ? opened : prefetched(futureIdentity);
        this.identity = futureIdentity;
        this.factory = storeFactory;
        this.beans = beanFactory;
        if (storeFactory.waitsForBeans()) {
            threads.execute(S3Warmup::run);
        } else {
            opener.complete(storeFactory.create(beanFactory));
        }
    }

    private CompletableFuture<ObjectStore> prefetched(CompletableFuture<ProcessIdentity> futureIdentity) {
        CompletableFuture<ReadResult> read = opened.thenCombineAsync(
                futureIdentity, (openStore, resolved) -> openStore.read(key(resolved)), threads);
        return opened.thenCombine(
                futureIdentity, (openStore, resolved) -> new PrefetchedObjectStore(openStore, key(resolved), read));
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (factory != null && beans != null && factory.waitsForBeans()) {
            opener.complete(factory.create(beans));
        }
    }

    /** The process identity; null if the prefetch did not begin, because migrations do not run. */
    @Nullable
    CompletableFuture<ProcessIdentity> identity() {
        return identity;
    }

    /** The opened store; null if the prefetch did not begin. */
    @Nullable
    CompletableFuture<ObjectStore> store() {
        return store;
    }

    /** Runs after the processor of configuration classes and before unordered processors. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void destroy() {
        var unused = opened.thenAccept(ObjectStore::close);
    }

    private static String key(ProcessIdentity resolved) {
        return MigrationRunner.registerKey(resolved.environment());
    }

    private static void startThread(Runnable work) {
        Thread thread = new Thread(work, "migrate-early");
        thread.setDaemon(true);
        thread.start();
    }
}
