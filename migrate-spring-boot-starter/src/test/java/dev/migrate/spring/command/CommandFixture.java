package dev.migrate.spring.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.EnvironmentName;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartupContext;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A workplace without an application around it, on a ledger in memory. */
final class CommandFixture implements StartupContext {

    static final Owner OWNER = new Owner("here", 7, null);

    /** What a command left behind: its exit code, and what it printed where. */
    record Ended(int code, String out, String err) {

        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

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

    final ObjectStore objects;
    final List<MigrationDefinition> migrations = new ArrayList<>();
    final List<Ignored> ignored = new ArrayList<>();
    final List<MigrationEvent> events = new ArrayList<>();
    String deployment = "blue";
    private final Set<String> started = new HashSet<>();
    private final ObjectStore store;

    CommandFixture() {
        this(new InMemoryObjectStore());
    }

    private CommandFixture(ObjectStore objects) {
        this(objects, objects);
    }

    private CommandFixture(ObjectStore objects, ObjectStore store) {
        this.objects = objects;
        this.store = store;
    }

    /** The same ledger and migrations, for another deployment. */
    CommandFixture deployed(String name) {
        return copy(store, name);
    }

    /** The same, on a store that refuses every write. */
    CommandFixture readOnly() {
        ObjectStore refusing = over(method -> {
            if (Set.of("create", "replace", "delete").contains(method)) {
                throw new NonTransientStoreException("read-only", "Nothing.", null);
            }
        });
        return copy(refusing, deployment);
    }

    /** The same, on a store that gives no answer so often. */
    CommandFixture silentAtFirst(int times) {
        AtomicInteger left = new AtomicInteger(times);
        return copy(
                over(method -> {
                    if (left.getAndDecrement() > 0) {
                        throw new StoreUnavailableException("no answer", null);
                    }
                }),
                deployment);
    }

    /** The same on a copy of the ledger. */
    CommandFixture detached() {
        ObjectStore copied = new InMemoryObjectStore();
        for (String key : objects.list("odin-dev", 1000)) {
            if (objects.read("odin-dev/" + key) instanceof ReadResult.Found found) {
                String unused = copied.create("odin-dev/" + key, found.content());
            }
        }
        CommandFixture other = new CommandFixture(copied);
        other.migrations.addAll(migrations);
        other.deployment = deployment;
        return other;
    }

    private ObjectStore over(Consumer<String> before) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("describe")) {
                        before.accept(method.getName());
                    }
                    try {
                        return method.invoke(objects, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private CommandFixture copy(ObjectStore over, String name) {
        CommandFixture other = new CommandFixture(objects, over);
        other.migrations.addAll(migrations);
        other.ignored.addAll(ignored);
        other.deployment = name;
        return other;
    }

    CommandFixture with(String id, String name, MigrationAction action) {
        migrations.add(new Made(MigrationId.of(id), name, action, false));
        return this;
    }

    /** Another action under a number. */
    CommandFixture instead(String id, String name, MigrationAction action) {
        migrations.removeIf(migration -> migration.id().equals(MigrationId.of(id)));
        return with(id, name, action);
    }

    /** Deletes the register, and leaves the receipts. */
    void loseRegister() {
        if (store.read("odin-dev/ledger.json") instanceof ReadResult.Found found) {
            store.delete("odin-dev/ledger.json", found.version());
        }
    }

    /** Runs a command, confirmed, as a process of its own would. */
    Ended run(String command, String... properties) {
        return unconfirmed(command, join(properties, "confirm=odin-dev"));
    }

    Ended unconfirmed(String command, String... properties) {
        Map<String, String> values = new HashMap<>(Map.of("migrate.mode", "once", "migrate.command", command));
        for (String property : properties) {
            values.put("migrate." + property.split("=", 2)[0], property.split("=", 2)[1]);
        }
        MigrateProperties bound =
                new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("migrate", MigrateProperties.class);
        started.clear();
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        ResultWriter printer = new ResultWriter(bound.output(), new PrintStream(out), new PrintStream(err), false);
        try {
            new CommandTask(bound, List.of(), printer).run(this);
        } catch (CommandCompletedException e) {
            return new Ended(e.exitCode(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
        throw new AssertionError("The command did not end the start");
    }

    private static String[] join(String[] some, String another) {
        List<String> all = new ArrayList<>(List.of(some));
        all.add(another);
        return all.toArray(String[]::new);
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public RunnerSettings settings() {
        return RunnerSettings.of(new EnvironmentName("odin-dev"), deployment, OWNER);
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
        return MigrationListener.of(event -> {
            synchronized (events) {
                events.add(event);
                if (event instanceof MigrationEvent.Started begun) {
                    started.add(String.valueOf(begun.attempt().token()));
                }
            }
        });
    }

    List<MigrationEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    List<String> heard() {
        synchronized (events) {
            return events.stream()
                    .map(event -> event.getClass().getSimpleName())
                    .toList();
        }
    }

    @Override
    public MigrationRunner runner(RunnerSettings settings, MigrationListener also) {
        return new MigrationRunner(store, migrations, settings, MigrationListener.of(event -> {
            listener().on(event);
            also.on(event);
        }));
    }

    @Override
    public boolean isOurs(BlockingVerdict halted) {
        return started.contains(String.valueOf(halted.attempt().token()));
    }
}
