package dev.migrate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.store.ObjectStore;
import dev.migrate.testing.Fault;
import dev.migrate.testing.FaultProxy;
import dev.migrate.testing.S3MockServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** Real servers on which nothing would keep two processes apart: the runner refuses them, and runs nothing. */
@Timeout(240)
class IgnoredConditionsIT {

    /** The last version of S3Mock that answers 200 whatever the condition. */
    private static final Path OLD = Path.of("target/servers/s3mock-without-conditions.jar");

    private static final String LEDGER = "s3://" + S3MockServer.BUCKET + "/cars";

    private static CompletableFuture<S3MockServer> ignoring;
    private static CompletableFuture<S3MockServer> sound;

    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    private record Recorded(MigrationId id, List<String> ran) implements MigrationDefinition {
        @Override
        public String name() {
            return "Cars";
        }

        @Override
        public boolean rerunnable() {
            return true;
        }

        @Override
        public String origin() {
            return "test.Cars";
        }

        @Override
        public Class<? extends MigrationAction> type() {
            return MigrationAction.class;
        }

        @Override
        public MigrationAction action() {
            return () -> ran.add(id.toString());
        }
    }

    @BeforeAll
    static void start() {
        ignoring = CompletableFuture.supplyAsync(() -> S3MockServer.start(OLD), task -> new Thread(task).start());
        sound = CompletableFuture.supplyAsync(S3MockServer::start, task -> new Thread(task).start());
    }

    @AfterAll
    static void stop() {
        List.of(ignoring, sound)
                .forEach(server -> server.thenAccept(S3MockServer::close).join());
    }

    private MigrationRunner runner(ObjectStore store, RunnerSettings.OnFailure onFailure, CountDownLatch blocked) {
        RunnerSettings settings = RunnerSettings.builder(new EnvironmentName("odin-dev"), new Owner("here", 1, null))
                .deployment("d1")
                .shutdownGrace(Duration.ofSeconds(1))
                .onFailure(onFailure)
                .build();
        return new MigrationRunner(
                store,
                List.of(new Recorded(MigrationId.of("0001"), ran), new Recorded(MigrationId.of("0002"), ran)),
                settings,
                MigrationListener.of(event -> {
                    if (event instanceof MigrationEvent.Blocked told
                            && told.block().description().contains(LEDGER)) {
                        blocked.countDown();
                    }
                }));
    }

    private void refusedNowAndAtEveryLaterStart(URI endpoint) throws Exception {
        try (S3Client client = ScriptedS3.client(endpoint, Duration.ofSeconds(20));
                ObjectStore store = S3ObjectStore.over(client, S3ObjectStore.Settings.parse(LEDGER))) {
            assertThatThrownBy(() -> runner(store, RunnerSettings.OnFailure.EXIT, new CountDownLatch(1))
                            .run())
                    .isInstanceOf(MigrationsBlockedException.class)
                    .hasMessageContaining(LEDGER + " ignores conditional writes");
            assertThatThrownBy(() -> runner(store, RunnerSettings.OnFailure.EXIT, new CountDownLatch(1))
                            .run())
                    .isInstanceOf(MigrationsBlockedException.class)
                    .hasMessageContaining(LEDGER + "/odin-dev/ledger.json was marked as unusable")
                    .hasMessageContaining("the store ignores conditional writes");
            blocksWhereItDoesNotExit(store);
            assertThat(store.list("odin-dev", 10)).as("no receipt was written").containsExactly("ledger.json");
        }
        assertThat(ran).isEmpty();
    }

    private void blocksWhereItDoesNotExit(ObjectStore store) throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        MigrationRunner runner = runner(store, RunnerSettings.OnFailure.BLOCK, blocked);
        CompletableFuture<?> run = CompletableFuture.supplyAsync(runner::run, task -> new Thread(task).start());
        assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run).isNotDone();
        runner.stop();
        assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(RunCancelledException.class);
    }

    @Test
    void a_server_that_ignores_conditions_is_refused_by_name_and_nothing_runs() throws Exception {
        refusedNowAndAtEveryLaterStart(ignoring.get().endpoint());
    }

    @Test
    void a_sound_server_behind_a_gateway_that_loses_If_Match_is_refused_too() throws Exception {
        try (FaultProxy gateway = FaultProxy.to(sound.get().endpoint()).on(any -> true, Fault.losing("If-Match"))) {
            refusedNowAndAtEveryLaterStart(gateway.endpoint());
            assertThat(gateway.requests()).isNotEmpty();
        }
    }
}
