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
 * Finds out where the process runs, opens the ledger and reads its register, on threads of its own while the rest of
 * the application starts. It begins as soon as all configuration classes are read. A store that needs beans of the
 * application is opened once they exist, and only its classes are loaded before.
 */
public final class LedgerPrefetch
        implements BeanDefinitionRegistryPostProcessor, SmartInitializingSingleton, Ordered, DisposableBean {

    private final Environment environment;
    private final Executor threads = LedgerPrefetch::startThread;
    private final CompletableFuture<Supplier<ObjectStore>> opener = new CompletableFuture<>();
    private final CompletableFuture<ObjectStore> opened = opener.thenApplyAsync(Supplier::get, threads);
    private @Nullable ConfigurableListableBeanFactory beans;
    private @Nullable ObjectStoreFactory source;
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
        var finder = new ProcessIdentityResolver(properties, environment);
        ObjectStoreFactory from =
                ObjectStoreFactory.of(LedgerLocation.parse(properties.ledger()), properties.s3(), beanFactory);
        CompletableFuture<ProcessIdentity> found = CompletableFuture.supplyAsync(finder::resolve, threads);
        // A command compares the register with the receipts, and so must read it after them.
        this.store = properties.mode() == MigrateProperties.Mode.ONCE ? opened : prefetched(found);
        this.identity = found;
        this.source = from;
        this.beans = beanFactory;
        if (from.waitsForBeans()) {
            threads.execute(S3Warmup::run);
        } else {
            opener.complete(from.create(beanFactory));
        }
    }

    private CompletableFuture<ObjectStore> prefetched(CompletableFuture<ProcessIdentity> found) {
        CompletableFuture<ReadResult> read =
                opened.thenCombineAsync(found, (open, here) -> open.read(key(here)), threads);
        return opened.thenCombine(found, (open, here) -> new PrefetchedObjectStore(open, key(here), read));
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (source != null && beans != null && source.waitsForBeans()) {
            opener.complete(source.create(beans));
        }
    }

    /** Where the process runs; null when nothing was begun, because nothing is to be run. */
    @Nullable
    CompletableFuture<ProcessIdentity> identity() {
        return identity;
    }

    /** The opened store; null when nothing was begun. */
    @Nullable
    CompletableFuture<ObjectStore> store() {
        return store;
    }

    /** After the processor of configuration classes, before what has no order. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void destroy() {
        var unused = opened.thenAccept(ObjectStore::close);
    }

    private static String key(ProcessIdentity here) {
        return MigrationRunner.registerKey(here.environment());
    }

    private static void startThread(Runnable work) {
        Thread thread = new Thread(work, "migrate-early");
        thread.setDaemon(true);
        thread.start();
    }
}
