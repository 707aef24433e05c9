package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.testing.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the judges of a small world look up, and what they have found. */
final class ExplorationFacts {

    final SmallWorld small;
    final List<SimMigration> migrations;
    private final Map<String, LedgerState> states = new HashMap<>();
    private final Predicate<String> enough;
    /** The violations that are looked for. */
    final List<String> violations = new ArrayList<>();

    /**
     * @param enough which violations are looked for
     */
    ExplorationFacts(SmallWorld small, Predicate<String> enough) {
        this.small = small;
        this.enough = enough;
        this.migrations = small.migrations();
    }

    void broken(Promise promise, String how) {
        String violation = promise.broken(how);
        if (enough.test(violation)) {
            violations.add(violation);
        }
    }

    LedgerState state(ReadResult.Found register) {
        return states.computeIfAbsent(register.version(), version -> {
            InMemoryObjectStore store = new InMemoryObjectStore();
            String unused = store.create(Exploration.REGISTER, register.content());
            return SimLedger.snapshot(store, Exploration.ENVIRONMENT).state();
        });
    }

    @Nullable
    LedgerState state(TreeMap<String, ReadResult.Found> objects) {
        ReadResult.Found register = objects.get(Exploration.REGISTER);
        return register == null ? null : state(register);
    }

    boolean receipt(TreeMap<String, ReadResult.Found> objects, int migration) {
        return objects.containsKey("x/" + migrations.get(migration).id());
    }

    int index(MigrationId id) {
        return migrations.stream().map(SimMigration::id).toList().indexOf(id);
    }

    static List<ExploredMoment.Run> sinceReverted(List<ExploredMoment.Run> runs, int migration) {
        List<ExploredMoment.Run> same =
                runs.stream().filter(run -> run.migration() == migration).toList();
        int from = 0;
        for (int i = 0; i < same.size(); i++) {
            from = same.get(i).reverts() && same.get(i).returned() ? i + 1 : from;
        }
        return same.subList(from, same.size());
    }

    String deployment(ExploredMoment.Run run) {
        return small.deployments().get(run.process());
    }

    boolean isResumable(ExploredMoment.Run run) {
        return !run.reverts() && migrations.get(run.migration()).kind() == SimMigration.Kind.RESUMABLE;
    }
}
