package dev.migrate.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.ActionInterceptor;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The observation of an action, in a run on a ledger in memory. */
@Timeout(60)
class ActionObservationTest {

    private static final EnvironmentName DEV = new EnvironmentName("odin-dev");

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final List<MigrationEvent> events = new ArrayList<>();

    /** A migration whose action is observed. */
    private record Observed(ActionInterceptor interceptor, MigrationAction action) implements MigrationDefinition {
        @Override
        public MigrationId id() {
            return MigrationId.of("0003");
        }

        @Override
        public String name() {
            return "Observed";
        }

        @Override
        public boolean rerunnable() {
            return false;
        }

        @Override
        public String origin() {
            return "test.Observed";
        }

        @Override
        public Class<? extends MigrationAction> type() {
            return MigrationAction.class;
        }

        @Override
        public void intercept(Attempt attempt, ActionCall call) throws Exception {
            interceptor.intercept(DEV, attempt, call);
        }
    }

    private void run(MigrationAction action) {
        RunnerSettings settings =
                RunnerSettings.of(DEV, "blue", new Owner("here", 7, null)).failFast(Duration.ofSeconds(20));
        MigrationAction noted = () -> {
            happened.add("action");
            action.migrate();
        };
        var migrations = List.of(new Observed(new ActionObservation(registry), noted));
        var report = new MigrationRunner(
                        new InMemoryObjectStore(), migrations, settings, MigrationListener.of(events::add))
                .run();
        assertThat(report.applied()).hasSize(1);
    }

    private <T extends MigrationEvent> T told(Class<T> type) {
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Notes what it is told. */
    private final class Noting implements ObservationHandler<Observation.Context> {

        private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            happened.add("scope on " + Thread.currentThread().getName());
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            happened.add("end of scope");
        }

        @Override
        public void onStop(Observation.Context context) {
            stopped.add(context);
        }
    }

    @Test
    void an_action_runs_in_the_scope_of_its_observation_on_its_own_thread() {
        Noting noting = new Noting();
        registry.observationConfig().observationHandler(noting);
        run(() -> {
            Observation current = registry.getCurrentObservation();
            happened.add(
                    String.valueOf(current == null ? null : current.getContext().getName()));
        });
        assertThat(happened).containsExactly("scope on migration-0003", "action", "migrate.action", "end of scope");
        assertThat(noting.stopped).singleElement().satisfies(context -> {
            assertThat(context.getContextualName()).isEqualTo("migrate 0003");
            assertThat(context.getLowCardinalityKeyValues())
                    .containsExactlyInAnyOrder(KeyValue.of("environment", "odin-dev"), KeyValue.of("kind", "migrate"));
            assertThat(context.getHighCardinalityKeyValues())
                    .containsExactlyInAnyOrder(
                            KeyValue.of("migration", "0003"),
                            KeyValue.of("attempt", "1"),
                            KeyValue.of("deployment", "blue"));
            assertThat(context.getError()).isNull();
        });
    }

    @Test
    void what_an_action_throws_comes_out_unchanged_and_is_recorded() {
        Noting noting = new Noting();
        registry.observationConfig().observationHandler(noting);
        Exception failure = new Exception("no such car");
        assertThatThrownBy(() -> run(() -> {
                    throw failure;
                }))
                .isInstanceOf(MigrationsBlockedException.class);
        assertThat(told(MigrationEvent.AttemptFailed.class).cause()).isSameAs(failure);
        assertThat(noting.stopped).singleElement().satisfies(context -> assertThat(context.getError())
                .isSameAs(failure));
    }

    @Test
    void undoing_is_of_another_kind_and_a_deployment_may_be_unknown() throws Exception {
        Noting noting = new Noting();
        registry.observationConfig().observationHandler(noting);
        Attempt reverting = new Attempt(MigrationId.of("0003"), "Observed", 2, "t", null, null, null, true, Map.of());
        new ActionObservation(registry).intercept(DEV, reverting, () -> {});
        assertThat(noting.stopped).singleElement().satisfies(context -> {
            assertThat(context.getContextualName()).isEqualTo("revert 0003");
            assertThat(context.getLowCardinalityKeyValue("kind")).isEqualTo(KeyValue.of("kind", "revert"));
            assertThat(context.getHighCardinalityKeyValue("deployment"))
                    .isEqualTo(KeyValue.of("deployment", "unknown"));
        });
    }

    /** Where a handler breaks. */
    enum Moment {
        START,
        SCOPE_OPENED,
        ERROR,
        SCOPE_CLOSED,
        STOP
    }

    /** Breaks with an error, which is worse than an exception. */
    private record Broken(Moment moment) implements ObservationHandler<Observation.Context> {

        private void at(Moment now) {
            if (now == moment) {
                throw new LinkageError("broken at " + now);
            }
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStart(Observation.Context context) {
            at(Moment.START);
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            at(Moment.SCOPE_OPENED);
        }

        @Override
        public void onError(Observation.Context context) {
            at(Moment.ERROR);
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            at(Moment.SCOPE_CLOSED);
        }

        @Override
        public void onStop(Observation.Context context) {
            at(Moment.STOP);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_handler_makes_no_failure_of_an_action_that_ends_well_and_keeps_none_from_running(Moment moment) {
        registry.observationConfig().observationHandler(new Broken(moment));
        run(() -> {});
        assertThat(happened).containsExactly("action");
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_handler_takes_no_failure_away(Moment moment) {
        registry.observationConfig().observationHandler(new Broken(moment));
        Exception failure = new Exception("no such car");
        assertThatThrownBy(() -> run(() -> {
                    throw failure;
                }))
                .isInstanceOf(MigrationsBlockedException.class);
        assertThat(happened).containsExactly("action");
        assertThat(told(MigrationEvent.AttemptFailed.class).cause()).isSameAs(failure);
    }

    @Test
    void without_a_registry_that_observes_an_action_just_runs() throws Exception {
        Attempt attempt = Attempt.ofUnknownOwner(MigrationId.of("0003"));
        new ActionObservation(ObservationRegistry.NOOP).intercept(DEV, attempt, () -> happened.add("action"));
        assertThat(happened).containsExactly("action");
    }
}
