package dev.migrate.spring;

import dev.migrate.run.MigrationRunner;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.Read;
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
final class EarlyRead
        implements BeanDefinitionRegistryPostProcessor, SmartInitializingSingleton, Ordered, DisposableBean {

    private final Environment environment;
    private final Executor threads = EarlyRead::startThread;
    private final CompletableFuture<Supplier<ObjectStore>> opener = new CompletableFuture<>();
    private final CompletableFuture<ObjectStore> opened = opener.thenApplyAsync(Supplier::get, threads);
    private @Nullable ConfigurableListableBeanFactory beans;
    private @Nullable StoreSource source;
    private @Nullable CompletableFuture<Surroundings> surroundings;
    private @Nullable CompletableFuture<ObjectStore> store;

    EarlyRead(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (Stage.isAheadOfTime() || Stage.isTraining()) {
            return;
        }
        MigrateProperties properties = Binder.get(environment).bindOrCreate("migrate", MigrateProperties.class);
        if (properties.enabled()) {
            begin(properties, (DefaultListableBeanFactory) registry);
        }
    }

    private void begin(MigrateProperties properties, DefaultListableBeanFactory beanFactory) {
        var finder = new SurroundingsFinder(properties, environment);
        StoreSource from = StoreSource.of(LedgerLocation.parse(properties.ledger()), properties.s3(), beanFactory);
        CompletableFuture<Surroundings> found = CompletableFuture.supplyAsync(finder::find, threads);
        // A command compares the register with the receipts, and so must read it after them.
        this.store = properties.mode() == MigrateProperties.Mode.ONCE ? opened : prefetched(found);
        this.surroundings = found;
        this.source = from;
        this.beans = beanFactory;
        if (from.waitsForBeans()) {
            threads.execute(S3Warmup::run);
        } else {
            opener.complete(from.prepare(beanFactory));
        }
    }

    private CompletableFuture<ObjectStore> prefetched(CompletableFuture<Surroundings> found) {
        CompletableFuture<Read> read = opened.thenCombineAsync(found, (open, here) -> open.read(key(here)), threads);
        return opened.thenCombine(found, (open, here) -> new PrefetchedStore(open, key(here), read));
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (source != null && beans != null && source.waitsForBeans()) {
            opener.complete(source.prepare(beans));
        }
    }

    /** Where the process runs; null when nothing was begun, because nothing is to be run. */
    @Nullable
    CompletableFuture<Surroundings> surroundings() {
        return surroundings;
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

    private static String key(Surroundings here) {
        return MigrationRunner.registerKey(here.environment());
    }

    private static void startThread(Runnable work) {
        Thread thread = new Thread(work, "migrate-early");
        thread.setDaemon(true);
        thread.start();
    }
}
