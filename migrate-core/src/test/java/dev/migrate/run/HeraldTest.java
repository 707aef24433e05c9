package dev.migrate.run;

import static dev.migrate.run.PlayedProcess.LEASE;
import static dev.migrate.run.PlayedProcess.NOW;
import static dev.migrate.run.PlayedProcess.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.ledger.Running;
import dev.migrate.ledger.Ticker;
import dev.migrate.store.StoreRefusedException;
import dev.migrate.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said how often. */
class HeraldTest {

    private static final Running ONE = running("t1");
    private static final Running OTHER = running("t2");

    private final List<MigrationEvent> told = new ArrayList<>();
    private long nanos = 5;
    private final Herald herald = new Herald(told::add, new Ticker() {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return NOW;
        }
    });

    private static Running running(String token) {
        return new Running(attempt("0001", 1, token, "d1"), LEASE, 0, null, null);
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
        assertThat(saidWithin(Duration.ofSeconds(1), () -> herald.waiting(ONE))).isEqualTo(1);
        assertThat(saidWithin(Duration.ofSeconds(59), () -> herald.waiting(ONE)))
                .isZero();
        assertThat(saidWithin(Duration.ofSeconds(1), () -> herald.waiting(ONE))).isEqualTo(1);
        assertThat(told).containsOnly(new MigrationEvent.Waiting(ONE));
    }

    @Test
    void a_store_that_does_not_answer_is_said_once_a_minute_whatever_the_words() {
        StoreUnavailableException one = new StoreUnavailableException("no answer", null);
        StoreUnavailableException other = new StoreUnavailableException("broken off", null);
        assertThat(saidWithin(
                        Duration.ofSeconds(120), () -> herald.trouble(one, false), () -> herald.trouble(other, false)))
                .isEqualTo(2);
        assertThat(told).containsOnly(new MigrationEvent.LedgerUnreachable("no answer"));
    }

    @Test
    void a_refusal_is_a_block_and_said_every_five_minutes() {
        StoreRefusedException denied = new StoreRefusedException("denied", "Mend the policy.", null);
        assertThat(saidWithin(Duration.ofSeconds(300), () -> herald.trouble(denied, true)))
                .isEqualTo(1);
        assertThat(saidWithin(Duration.ofSeconds(1), () -> herald.trouble(denied, true)))
                .isEqualTo(1);
        assertThat(told)
                .containsOnly(new MigrationEvent.Blocked(
                        new Block("The ledger cannot be used. denied.", "Mend the policy.", null)));
    }

    @Test
    void a_store_that_answers_again_is_said_once_before_the_next_event() {
        StoreUnavailableException silent = new StoreUnavailableException("no answer", null);
        herald.trouble(silent, false);
        herald.notice("something", true); // says nothing of the store
        herald.progressed(ONE);
        herald.progressed(ONE);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.LedgerUnreachable("no answer"),
                        new MigrationEvent.Noticed("something", true),
                        new MigrationEvent.LedgerReached(),
                        new MigrationEvent.Progressed(ONE),
                        new MigrationEvent.Progressed(ONE));
    }

    @Test
    void a_refusal_is_an_answer() {
        herald.trouble(new StoreUnavailableException("no answer", null), false);
        herald.trouble(new StoreRefusedException("denied", "Mend the policy.", null), true);
        assertThat(told)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("LedgerUnreachable", "LedgerReached", "Blocked");
    }

    @Test
    void another_thing_is_said_at_once() {
        assertThat(saidWithin(Duration.ofSeconds(2), () -> herald.waiting(ONE), () -> herald.waiting(OTHER)))
                .isEqualTo(2);
    }

    @Test
    void two_things_that_take_turns_are_said_every_ten_seconds_each() {
        assertThat(saidWithin(Duration.ofSeconds(60), () -> herald.waiting(ONE), () -> herald.waiting(OTHER)))
                .isEqualTo(12);
    }

    @Test
    void a_thing_that_goes_on_after_a_short_outage_is_said_again_within_ten_seconds() {
        StoreUnavailableException silent = new StoreUnavailableException("no answer", null);
        herald.waiting(ONE);
        nanos += Duration.ofSeconds(2).toNanos();
        herald.trouble(silent, false);
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(saidWithin(Duration.ofSeconds(9), () -> herald.waiting(ONE))).isEqualTo(2);
        assertThat(told).endsWith(new MigrationEvent.LedgerReached(), new MigrationEvent.Waiting(ONE));
    }

    @Test
    void a_thing_that_comes_back_after_an_event_is_said_anew() {
        herald.waiting(ONE);
        herald.progressed(ONE);
        herald.waiting(ONE);
        assertThat(told)
                .containsExactly(
                        new MigrationEvent.Waiting(ONE),
                        new MigrationEvent.Progressed(ONE),
                        new MigrationEvent.Waiting(ONE));
    }

    @Test
    void a_notice_changes_nothing_of_that() {
        herald.waiting(ONE);
        herald.notice("something", true);
        herald.waiting(ONE);
        assertThat(told)
                .containsExactly(new MigrationEvent.Waiting(ONE), new MigrationEvent.Noticed("something", true));
    }

    @Test
    void whatever_a_listener_throws_the_next_event_is_told() {
        List<MigrationEvent> heard = new ArrayList<>();
        Herald herald = new Herald(
                event -> {
                    heard.add(event);
                    throw new StackOverflowError();
                },
                Ticker.SYSTEM);
        herald.progressed(ONE);
        herald.notice("something", false);
        assertThat(heard).hasSize(2);
    }
}
