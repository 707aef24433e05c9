package dev.migrate.internal.reporting;

import static dev.migrate.internal.protocol.ScriptedProcess.LEASE;
import static dev.migrate.internal.protocol.ScriptedProcess.NOW;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.BlockedStart;
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
    void what_lasts_is_said_at_once_and_then_once_a_minute() {
        assertThat(saidWithin(Duration.ofSeconds(1), () -> events.waiting(ONE))).isEqualTo(1);
        assertThat(saidWithin(Duration.ofSeconds(59), () -> events.waiting(ONE)))
                .isZero();
        assertThat(saidWithin(Duration.ofSeconds(1), () -> events.waiting(ONE))).isEqualTo(1);
        assertThat(told).containsOnly(new MigrationEvent.Waiting(ONE));
    }

    @Test
    void a_store_that_does_not_answer_is_said_once_a_minute_whatever_the_words() {
        StoreUnavailableException one = new StoreUnavailableException("no answer", null);
        StoreUnavailableException other = new StoreUnavailableException("broken off", null);
        assertThat(saidWithin(
                        Duration.ofSeconds(120),
                        () -> events.ledgerTrouble(one, false),
                        () -> events.ledgerTrouble(other, false)))
                .isEqualTo(2);
        assertThat(told).containsOnly(new MigrationEvent.LedgerUnreachable("no answer"));
    }

    @Test
    void a_refusal_is_a_block_and_said_every_five_minutes() {
        NonTransientStoreException denied = new NonTransientStoreException("denied", "Mend the policy.", null);
        assertThat(saidWithin(Duration.ofSeconds(300), () -> events.ledgerTrouble(denied, true)))
                .isEqualTo(1);
        assertThat(saidWithin(Duration.ofSeconds(1), () -> events.ledgerTrouble(denied, true)))
                .isEqualTo(1);
        assertThat(told)
                .containsOnly(new MigrationEvent.Blocked(
                        new BlockedStart("The ledger cannot be used. denied.", "Mend the policy.", null)));
    }

    @Test
    void a_store_that_answers_again_is_said_once_before_the_next_event() {
        StoreUnavailableException silent = new StoreUnavailableException("no answer", null);
        events.ledgerTrouble(silent, false);
        events.notice("something", true); // says nothing of the store
        events.progressed(ONE);
        events.progressed(ONE);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.LedgerUnreachable("no answer"),
                        new MigrationEvent.Notice("something", true),
                        new MigrationEvent.LedgerRecovered(),
                        new MigrationEvent.ProgressReported(ONE),
                        new MigrationEvent.ProgressReported(ONE));
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
    void another_thing_is_said_at_once() {
        assertThat(saidWithin(Duration.ofSeconds(2), () -> events.waiting(ONE), () -> events.waiting(OTHER)))
                .isEqualTo(2);
    }

    @Test
    void two_things_that_take_turns_are_said_every_ten_seconds_each() {
        assertThat(saidWithin(Duration.ofSeconds(60), () -> events.waiting(ONE), () -> events.waiting(OTHER)))
                .isEqualTo(12);
    }

    @Test
    void a_thing_that_goes_on_after_a_short_outage_is_said_again_within_ten_seconds() {
        StoreUnavailableException silent = new StoreUnavailableException("no answer", null);
        events.waiting(ONE);
        nanos += Duration.ofSeconds(2).toNanos();
        events.ledgerTrouble(silent, false);
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(saidWithin(Duration.ofSeconds(9), () -> events.waiting(ONE))).isEqualTo(2);
        assertThat(told).endsWith(new MigrationEvent.LedgerRecovered(), new MigrationEvent.Waiting(ONE));
    }

    @Test
    void a_thing_that_comes_back_after_an_event_is_said_anew() {
        events.waiting(ONE);
        events.progressed(ONE);
        events.waiting(ONE);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.Waiting(ONE),
                        new MigrationEvent.ProgressReported(ONE),
                        new MigrationEvent.Waiting(ONE));
    }

    @Test
    void a_notice_changes_nothing_of_that() {
        events.waiting(ONE);
        events.notice("something", true);
        events.waiting(ONE);
        assertThat(told).containsExactly(new MigrationEvent.Waiting(ONE), new MigrationEvent.Notice("something", true));
    }

    @Test
    void whatever_a_listener_throws_the_next_event_is_told() {
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
}
