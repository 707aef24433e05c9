package dev.migrate.internal.reporting;

import static dev.migrate.internal.protocol.ScriptedProcess.LEASE;
import static dev.migrate.internal.protocol.ScriptedProcess.NOW;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.RunningMigration;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said how often. */
class EventPublisherTest {

    private static final RunningMigration ONE = running("t1");
    private static final RunningMigration OTHER = running("t2");

    private final List<MigrationEvent> told = new ArrayList<>();
    private long nanos = 5;
    private final EventPublisher events = new EventPublisher(told::add, new TimeSource() {
        @Override
        public long monotonicNanos() {
            return nanos;
        }

        @Override
        public Instant wallTime() {
            return NOW;
        }
    });

    private static RunningMigration running(String token) {
        return new RunningMigration(attempt("0001", 1, token, "d1"), LEASE, 0, null, null);
    }

    /** How often something is said in a time, when there is reason to say it every second. */
    private int saidWithin(Duration time, Runnable... says) {
        int before = told.size();
        for (long second = 0; second < time.toSeconds(); second++) {
            says[(int) (second % says.length)].run();
            nanos += Duration.ofSeconds(1).toNanos();
        }
        return told.size() - before;
    }

    @Test
    void a_lasting_state_is_published_at_once_and_then_every_minute() {
        assertThat(saidWithin(Duration.ofSeconds(1), () -> events.waiting(ONE))).isEqualTo(1);
        assertThat(saidWithin(Duration.ofSeconds(59), () -> events.waiting(ONE)))
                .isZero();
        assertThat(saidWithin(Duration.ofSeconds(1), () -> events.waiting(ONE))).isEqualTo(1);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.Waiting(ONE, Duration.ZERO),
                        new MigrationEvent.Waiting(ONE, Duration.ofSeconds(60)));
    }

    @Test
    void an_unreachable_store_is_published_every_minute_whatever_the_message() {
        StoreUnavailableException one = new StoreUnavailableException("no answer", null);
        StoreUnavailableException other = new StoreUnavailableException("broken off", null);
        assertThat(saidWithin(
                        Duration.ofSeconds(120),
                        () -> events.ledgerTrouble(one, false),
                        () -> events.ledgerTrouble(other, false)))
                .isEqualTo(2);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.LedgerUnreachable("no answer", Duration.ZERO),
                        new MigrationEvent.LedgerUnreachable("no answer", Duration.ofSeconds(60)));
    }

    @Test
    void a_refusal_is_a_block_and_published_every_five_minutes() {
        NonTransientStoreException denied = new NonTransientStoreException("denied", "Mend the policy.", null);
        BlockedStart refusal = new BlockedStart("The ledger cannot be used. denied.", "Mend the policy.", null);
        assertThat(saidWithin(Duration.ofSeconds(300), () -> events.ledgerTrouble(denied, true)))
                .isEqualTo(1);
        assertThat(saidWithin(Duration.ofSeconds(1), () -> events.ledgerTrouble(denied, true)))
                .isEqualTo(1);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.Blocked(refusal, Duration.ZERO),
                        new MigrationEvent.Blocked(refusal, Duration.ofMinutes(5)));
    }

    @Test
    void the_recovery_of_a_store_is_published_once_before_the_next_event() {
        StoreUnavailableException silent = new StoreUnavailableException("no answer", null);
        events.ledgerTrouble(silent, false);
        events.notice("something", true); // says nothing of the store
        events.progressed(ONE);
        events.progressed(ONE);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.LedgerUnreachable("no answer", Duration.ZERO),
                        new MigrationEvent.Notice("something", true),
                        new MigrationEvent.LedgerRecovered(Duration.ZERO),
                        new MigrationEvent.ProgressReported(ONE, null),
                        new MigrationEvent.ProgressReported(ONE, null));
    }

    @Test
    void a_refusal_is_an_answer() {
        events.ledgerTrouble(new StoreUnavailableException("no answer", null), false);
        events.ledgerTrouble(new NonTransientStoreException("denied", "Mend the policy.", null), true);
        assertThat(told)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("LedgerUnreachable", "LedgerRecovered", "Blocked");
    }

    @Test
    void another_state_is_published_at_once() {
        assertThat(saidWithin(Duration.ofSeconds(2), () -> events.waiting(ONE), () -> events.waiting(OTHER)))
                .isEqualTo(2);
    }

    @Test
    void two_alternating_states_are_each_published_every_ten_seconds() {
        assertThat(saidWithin(Duration.ofSeconds(60), () -> events.waiting(ONE), () -> events.waiting(OTHER)))
                .isEqualTo(12);
    }

    @Test
    void a_state_that_continues_after_a_short_outage_is_published_within_ten_seconds() {
        StoreUnavailableException silent = new StoreUnavailableException("no answer", null);
        events.waiting(ONE);
        nanos += Duration.ofSeconds(2).toNanos();
        events.ledgerTrouble(silent, false);
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(saidWithin(Duration.ofSeconds(9), () -> events.waiting(ONE))).isEqualTo(2);
        assertThat(told)
                .endsWith(
                        new MigrationEvent.LedgerRecovered(Duration.ofSeconds(8)),
                        new MigrationEvent.Waiting(ONE, Duration.ofSeconds(10)));
    }

    @Test
    void a_state_that_returns_after_an_event_is_published_anew() {
        events.waiting(ONE);
        events.progressed(ONE);
        events.waiting(ONE);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.Waiting(ONE, Duration.ZERO),
                        new MigrationEvent.ProgressReported(ONE, null),
                        new MigrationEvent.Waiting(ONE, Duration.ZERO));
    }

    @Test
    void a_notice_changes_nothing_of_that() {
        events.waiting(ONE);
        events.notice("something", true);
        events.waiting(ONE);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.Waiting(ONE, Duration.ZERO), new MigrationEvent.Notice("something", true));
    }

    @Test
    void a_listener_that_throws_receives_the_next_event() {
        List<MigrationEvent> heard = new ArrayList<>();
        EventPublisher events = new EventPublisher(
                event -> {
                    heard.add(event);
                    throw new StackOverflowError();
                },
                TimeSource.SYSTEM);
        events.progressed(ONE);
        events.notice("something", false);
        assertThat(heard).hasSize(2);
    }

    @Test
    void an_action_is_measured_from_its_start() {
        events.started(ONE.attempt(), null);
        nanos += Duration.ofSeconds(7).toNanos();
        events.progressed(ONE);
        events.progressed(OTHER); // this process did not start it
        BlockingVerdict verdict = new BlockingVerdict(ONE.attempt(), BlockingVerdict.Outcome.FAILED, null, null, null);
        IllegalStateException cause = new IllegalStateException();
        nanos += Duration.ofSeconds(1).toNanos();
        events.attemptFailed(verdict, cause);
        events.reverted(ONE.attempt());
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.Started(ONE.attempt(), null),
                        new MigrationEvent.ProgressReported(ONE, Duration.ofSeconds(7)),
                        new MigrationEvent.ProgressReported(OTHER, null),
                        new MigrationEvent.AttemptFailed(verdict, cause, Duration.ofSeconds(8)),
                        new MigrationEvent.Reverted(ONE.attempt(), Duration.ofSeconds(8)));
    }

    @Test
    void a_refusal_that_comes_back_after_an_answer_is_measured_anew() {
        NonTransientStoreException denied = new NonTransientStoreException("denied", "Mend the policy.", null);
        events.ledgerTrouble(denied, true);
        nanos += Duration.ofMinutes(1).toNanos();
        events.waiting(ONE);
        nanos += Duration.ofMinutes(1).toNanos();
        events.ledgerTrouble(denied, true);
        nanos += Duration.ofMinutes(1).toNanos();
        events.waiting(ONE);
        BlockedStart refusal = new BlockedStart("The ledger cannot be used. denied.", "Mend the policy.", null);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.Blocked(refusal, Duration.ZERO),
                        new MigrationEvent.Waiting(ONE, Duration.ZERO),
                        new MigrationEvent.Blocked(refusal, Duration.ZERO),
                        new MigrationEvent.Waiting(ONE, Duration.ofMinutes(2)));
    }
}
