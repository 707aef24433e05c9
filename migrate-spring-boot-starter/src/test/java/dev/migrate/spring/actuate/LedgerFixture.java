package dev.migrate.spring.actuate;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.StartupContext;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A workplace without an application around it, on a ledger in memory that counts what is asked of it. */
final class LedgerFixture implements StartupContext {

    /** A migration. */
    record Made(MigrationId id, String name, MigrationAction action, boolean rerunnable)
            implements MigrationDefinition {

        @Override
        public String origin() {
            return "cars." + name;
        }

        @Override
        public Class<? extends MigrationAction> type() {
            return action.getClass();
        }
    }

    final List<MigrationDefinition> migrations = new ArrayList<>();
    final List<Ignored> ignored = new ArrayList<>();
    final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    volatile @Nullable StoreException fault;
    volatile CountDownLatch held = new CountDownLatch(0);
    private final ObjectStore objects = new InMemoryObjectStore();
    private final ObjectStore store = (ObjectStore) Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                if (!method.getName().equals("describe")) {
                    asked.computeIfAbsent(method.getName(), name -> new AtomicInteger())
                            .incrementAndGet();
                    held.await();
                    if (fault != null) {
                        throw fault;
                    }
                }
                try {
                    return method.invoke(objects, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });

    LedgerFixture with(String id, String name, MigrationAction action) {
        migrations.add(new Made(MigrationId.of(id), name, action, false));
        return this;
    }

    /** How often the store was asked, whatever for, since this was last asked. */
    int requests() {
        int sum = asked.values().stream().mapToInt(AtomicInteger::get).sum();
        asked.clear();
        return sum;
    }

    /** Runs what is pending; what fails leaves its verdict. */
    void migrate() {
        try {
            var unused = runner(settings().failFast(java.time.Duration.ofSeconds(5)), MigrationListener.of(event -> {}))
                    .run();
        } catch (dev.migrate.internal.reporting.MigrationsBlockedException e) {
            // its verdict is what the test is about
        }
        asked.clear();
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public RunnerSettings settings() {
        return RunnerSettings.of(new EnvironmentName("odin-dev"), "blue", new Owner("here", 7, null));
    }

    @Override
    public List<MigrationDefinition> migrations() {
        return migrations;
    }

    @Override
    public List<Ignored> ignored() {
        return ignored;
    }

    @Override
    public MigrationListener listener() {
        return MigrationListener.of(event -> {});
    }

    @Override
    public MigrationRunner runner(RunnerSettings settings, MigrationListener also) {
        return new MigrationRunner(store, migrations, settings, also);
    }

    @Override
    public boolean isOurs(BlockingVerdict halted) {
        return false;
    }
}
