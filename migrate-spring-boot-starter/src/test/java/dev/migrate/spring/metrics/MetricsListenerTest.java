package dev.migrate.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.startup.MigrationMonitor;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the meters say after which events. */
class MetricsListenerTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final MigrationMonitor monitor = new MigrationMonitor();
    private final MetricsListener listener = new MetricsListener(registry, new EnvironmentName("odin-dev"), monitor);

    private static Attempt attempt(String id, int number) {
        return new Attempt(MigrationId.of(id), null, number, "t" + id + number, null, null, null, false, Map.of());
    }

    private static RunningMigration running(String id) {
        return new RunningMigration(attempt(id, 1), Duration.ofSeconds(60), 1, null, null);
    }

    private static MigrationEvent started(String id) {
        return new MigrationEvent.Started(attempt(id, 1), null);
    }

    private static MigrationEvent applied(String id) {
        return new MigrationEvent.Applied(new AppliedMigration(attempt(id, 1), null, null));
    }

    private static MigrationEvent halted(String id, Outcome verdict) {
        return new MigrationEvent.AttemptFailed(
                new BlockingVerdict(attempt(id, 1), verdict, null, null, null), new Exception(), null);
    }

    private static MigrationEvent blocked(int attempt) {
        BlockingVerdict halted = new BlockingVerdict(attempt("0002", attempt), Outcome.FAILED, null, null, null);
        return new MigrationEvent.Blocked(new BlockedStart("It failed.", "Mend it.", halted), Duration.ZERO);
    }

    private static MigrationEvent refused() {
        return new MigrationEvent.Blocked(new BlockedStart("Access denied.", "Grant it.", null), Duration.ZERO);
    }

    private static MigrationEvent opened(int applied, String... pending) {
        return new MigrationEvent.RunStarted(
                Arrays.stream(pending).map(MigrationId::of).toList(), applied);
    }

    private static MigrationEvent completed() {
        return new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), 0, Duration.ZERO));
    }

    /** As the starter tells them: the monitor first. */
    private void tell(MigrationEvent... events) {
        for (MigrationEvent event : events) {
            monitor.on(event);
            listener.on(event);
        }
    }

    private void pass(int seconds) {
        clock.add(Duration.ofSeconds(seconds));
    }

    private double gauge(String name) {
        return registry.get(name).tag("environment", "odin-dev").gauge().value();
    }

    private Timer ended(String outcome) {
        return registry.get("migrate.migration")
                .tags("environment", "odin-dev", "outcome", outcome)
                .timer();
    }

    private LongTaskTimer active() {
        return registry.get("migrate.migration.active").longTaskTimer();
    }

    private Timer waits() {
        return registry.get("migrate.wait").timer();
    }

    private LongTaskTimer waiting() {
        return registry.get("migrate.wait.active").longTaskTimer();
    }

    private double takeovers() {
        return registry.get("migrate.takeovers").counter().count();
    }

    @Test
    void everything_is_there_before_anything_happens_and_what_is_not_known_is_not_a_number() {
        for (String outcome : MetricOutcome.all()) {
            assertThat(ended(outcome).count()).isZero();
        }
        assertThat(waits().count()).isZero();
        assertThat(active().activeTasks() + waiting().activeTasks()).isZero();
        assertThat(takeovers()).isZero();
        assertThat(gauge("migrate.blocked")).isZero();
        assertThat(gauge("migrate.attempt")).isZero();
        assertThat(gauge("migrate.ledger.unreachable")).isZero();
        assertThat(gauge("migrate.pending")).isNaN();
        assertThat(gauge("migrate.applied")).isNaN();
    }

    @Test
    void a_ledger_that_does_not_answer_is_told_until_it_does() {
        tell(new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO));
        assertThat(gauge("migrate.ledger.unreachable")).isEqualTo(1);
        assertThat(gauge("migrate.blocked")).isZero();
        tell(started("0006"));
        assertThat(gauge("migrate.ledger.unreachable")).isZero();
        tell(
                new MigrationEvent.LedgerUnreachable("time-out", Duration.ZERO),
                new MigrationEvent.ProgressReported(running("0006"), null));
        assertThat(gauge("migrate.ledger.unreachable")).isZero();
    }

    @Test
    void pending_and_applied_stay_true_while_a_run_goes_on() {
        tell(opened(5, "0006", "0007"));
        assertThat(gauge("migrate.pending")).isEqualTo(2);
        assertThat(gauge("migrate.applied")).isEqualTo(5);
        tell(started("0006"), applied("0006"));
        assertThat(gauge("migrate.pending")).isEqualTo(1);
        assertThat(gauge("migrate.applied")).isEqualTo(6);
        tell(started("0007"), applied("0007"), completed());
        assertThat(gauge("migrate.pending")).isZero();
        assertThat(gauge("migrate.applied")).isEqualTo(7);
    }

    @Test
    void what_others_applied_counts_when_nothing_is_left() {
        tell(opened(5, "0006", "0007", "0008"), new MigrationEvent.Waiting(running("0006"), Duration.ZERO));
        tell(started("0008"), applied("0008"), completed());
        assertThat(gauge("migrate.pending")).isZero();
        assertThat(gauge("migrate.applied")).isEqualTo(8);
    }

    @Test
    void what_is_undone_is_pending_again() {
        tell(opened(5), started("0005"));
        pass(3);
        tell(new MigrationEvent.Reverted(attempt("0005", 2), null));
        assertThat(gauge("migrate.pending")).isEqualTo(1);
        assertThat(gauge("migrate.applied")).isEqualTo(4);
        assertThat(ended("reverted").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void an_undoing_that_never_counted_leaves_the_counts_unknown() {
        tell(started("0005"), new MigrationEvent.Reverted(attempt("0005", 2), null), completed());
        assertThat(gauge("migrate.pending")).isNaN();
        assertThat(gauge("migrate.applied")).isNaN();
    }

    @Test
    void an_attempt_is_seen_while_it_runs_and_recorded_by_how_it_ended() {
        tell(opened(0, "0001", "0002"), started("0001"));
        pass(400);
        assertThat(active().activeTasks()).isEqualTo(1);
        assertThat(active().duration(TimeUnit.SECONDS)).isEqualTo(400);
        assertThat(ended("applied").count()).isZero();
        tell(applied("0001"), started("0002"));
        pass(2);
        tell(halted("0002", Outcome.FAILED));
        assertThat(active().activeTasks()).isZero();
        assertThat(ended("applied").totalTime(TimeUnit.SECONDS)).isEqualTo(400);
        assertThat(ended("failed").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(ended("failed").count()).isEqualTo(1);
        assertThat(ended("interrupted").count()).isZero();
    }

    @Test
    void an_interrupted_attempt_is_recorded_as_such() {
        tell(started("0001"), halted("0001", Outcome.INTERRUPTED));
        assertThat(ended("interrupted").count()).isEqualTo(1);
        assertThat(ended("failed").count()).isZero();
    }

    @Test
    void an_attempt_whose_claim_was_lost_before_it_began_is_forgotten() {
        for (MigrationEvent next :
                List.of(new MigrationEvent.Waiting(running("0001"), Duration.ZERO), blocked(1), completed())) {
            tell(started("0001"), next);
            assertThat(active().activeTasks()).as(next.toString()).isZero();
        }
        tell(started("0001"));
        pass(5);
        tell(started("0001"));
        assertThat(active().activeTasks()).isEqualTo(1);
        assertThat(active().duration(TimeUnit.SECONDS)).isZero();
        for (String outcome : MetricOutcome.all()) {
            assertThat(ended(outcome).count()).isZero();
        }
    }

    @Test
    void an_attempt_goes_on_while_the_ledger_refuses_and_the_start_counts_as_blocked_for_so_long() {
        tell(started("0001"));
        pass(10);
        tell(refused());
        assertThat(active().activeTasks()).isEqualTo(1);
        assertThat(gauge("migrate.blocked")).isEqualTo(1);
        assertThat(gauge("migrate.attempt")).isZero();
        pass(10);
        tell(new MigrationEvent.ProgressReported(running("0001"), null));
        assertThat(gauge("migrate.blocked")).isZero();
        assertThat(active().duration(TimeUnit.SECONDS)).isEqualTo(20);
    }

    @Test
    void a_wait_is_seen_while_it_lasts_and_recorded_as_one_however_many_migrations_it_was_for() {
        tell(opened(0, "0001", "0002", "0003"), new MigrationEvent.Waiting(running("0001"), Duration.ZERO));
        pass(60);
        tell(
                new MigrationEvent.Waiting(running("0002"), Duration.ZERO),
                new MigrationEvent.LedgerUnreachable("no answer", Duration.ZERO));
        pass(40);
        assertThat(waiting().activeTasks()).isEqualTo(1);
        assertThat(waiting().duration(TimeUnit.SECONDS)).isEqualTo(100);
        tell(started("0003"));
        assertThat(waiting().activeTasks()).isZero();
        assertThat(waits().count()).isEqualTo(1);
        assertThat(waits().totalTime(TimeUnit.SECONDS)).isEqualTo(100);
    }

    @Test
    void a_wait_ends_with_a_take_over_a_verdict_or_with_nothing_left() {
        tell(
                new MigrationEvent.Waiting(running("0001"), Duration.ZERO),
                new MigrationEvent.TakenOver(running("0001"), Duration.ZERO));
        assertThat(waits().count()).isEqualTo(1);
        assertThat(takeovers()).isEqualTo(1);
        tell(new MigrationEvent.Waiting(running("0001"), Duration.ZERO), blocked(1));
        assertThat(waits().count()).isEqualTo(2);
        tell(new MigrationEvent.Waiting(running("0001"), Duration.ZERO), completed());
        assertThat(waits().count()).isEqualTo(3);
        assertThat(waiting().activeTasks()).isZero();
        assertThat(takeovers()).isEqualTo(1);
    }

    @Test
    void the_attempt_is_the_one_that_runs_or_that_blocks() {
        tell(new MigrationEvent.Started(attempt("0001", 3), null));
        assertThat(gauge("migrate.attempt")).isEqualTo(3);
        tell(blocked(4));
        assertThat(gauge("migrate.attempt")).isEqualTo(4);
        assertThat(gauge("migrate.blocked")).isEqualTo(1);
        tell(completed());
        assertThat(gauge("migrate.attempt")).isZero();
        assertThat(gauge("migrate.blocked")).isZero();
    }
}
