package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.testing.Fault;
import dev.migrate.testing.ProxiedRequest;
import dev.migrate.testing.RequestKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What really ran in an environment, whoever ran it, held against what the ledger says. */
final class S3Oracle {

    private final S3Fixture world;
    private final S3Fixture.Ledger ledger;
    private final EnvironmentName environment;
    private final List<MigrationId> all;
    private final List<MigrationId> pending;
    private final List<MigrationId> ran = Collections.synchronizedList(new ArrayList<>());
    private final Set<MigrationId> receipts = ConcurrentHashMap.newKeySet();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param migrations how many there are
     */
    S3Oracle(S3Fixture world, S3Fixture.Ledger ledger, EnvironmentName environment, int migrations) {
        this.world = world;
        this.ledger = ledger;
        this.environment = environment;
        this.all = IntStream.rangeClosed(1, migrations)
                .mapToObj(i -> MigrationId.of("000" + i))
                .toList();
        this.pending = all.subList(ledger.done, migrations);
    }

    /** Puts the ledger there that is to be found. */
    void prepare() {
        world.put(ledger, environment);
    }

    EnvironmentName environment() {
        return environment;
    }

    List<MigrationId> pending() {
        return pending;
    }

    int migrations() {
        return all.size();
    }

    /** What every action does. */
    void act(String id) {
        LedgerState state = world.state(environment);
        if (state.running() == null || !state.running().id().toString().equals(id)) {
            wrong.add(id + " starts without a claim");
        }
        ran.add(MigrationId.of(id));
    }

    /** Looks at all requests that go through a proxy, whatever becomes of them. */
    Fault watched(Fault fault) {
        return fault.toldBefore(this::look);
    }

    private void look(ProxiedRequest proxied) {
        if (proxied.kind() == RequestKind.WRITE_RECEIPT) {
            String id = proxied.path().substring(proxied.path().lastIndexOf('/') + 1);
            receipts.add(MigrationId.of(id));
            if (!ran.contains(MigrationId.of(id))) {
                wrong.add("a receipt of " + id + " comes, which did not run");
            }
        }
    }

    /** The same, where all requests were watched. */
    void checkWatched() {
        assertThat(receipts).as("the receipts that were looked at").containsExactlyInAnyOrderElementsOf(pending);
        check();
    }

    void check() {
        assertThat(wrong).isEmpty();
        assertThat(ran).isEqualTo(pending);
        LedgerState state = world.state(environment);
        assertThat(state.applied()).map(AppliedMigration::id).isEqualTo(all);
        assertThat(Stream.of(state.running(), state.halted())).containsOnlyNulls();
        assertThat(state.attempts()).isEmpty();
        assertThat(world.receipts(environment)).isEqualTo(all);
        for (MigrationId id : pending) {
            assertThat(world.receipt(environment, id)).isEqualTo(state.applied(id));
        }
    }
}
