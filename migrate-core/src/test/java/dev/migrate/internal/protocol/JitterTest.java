package dev.migrate.internal.protocol;

import static dev.migrate.internal.protocol.ScriptedMigration.plain;
import static dev.migrate.internal.protocol.ScriptedProcess.LEASE;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.protocol.ScriptedStore.Fault;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No loop of a run retries in lockstep with those of other processes, and no jitter changes what is promised. */
class JitterTest {

    private static ScriptedProcess seeded(long seed) {
        ScriptedProcess process = new ScriptedProcess();
        process.random = new Random(seed);
        return process;
    }

    /** The pauses of two processes that meet the same. */
    private static void apart(List<Duration> one, List<Duration> other, Duration... bases) {
        assertThat(one).hasSize(bases.length).isNotEqualTo(other);
        for (int i = 0; i < bases.length; i++) {
            assertThat(one.get(i)).isBetween(bases[i].dividedBy(2), bases[i]);
            assertThat(other.get(i)).isBetween(bases[i].dividedBy(2), bases[i]);
            assertThat(one.get(i)).isNotEqualTo(other.get(i));
        }
    }

    private static List<Duration> afterReads(long seed, Fault... faults) {
        ScriptedProcess process = seeded(seed);
        process.givenFresh();
        process.store.faults("GET ledger.json", faults);
        process.start().finish();
        return process.pauses;
    }

    @Test
    void a_read_without_an_answer() {
        Fault[] three = {Fault.NOT_SENT, Fault.NOT_SENT, Fault.NOT_SENT};
        apart(afterReads(1, three), afterReads(2, three), ofMillis(100), ofMillis(200), ofMillis(400));
        assertThat(afterReads(1, three)).isEqualTo(afterReads(1, three));
    }

    @Test
    void a_read_that_is_refused() {
        apart(afterReads(1, Fault.DENIED), afterReads(2, Fault.DENIED), ofSeconds(30));
    }

    private static List<Duration> afterWrites(long seed, Fault... faults) {
        ScriptedProcess process = seeded(seed);
        process.givenFresh();
        process.store.faults("PUT ledger.json", faults);
        process.start(plain("0001")).finish();
        // A write without an answer is settled at once by a read; after the faults come the pauses of an owner.
        return process.pauses.stream()
                .filter(pause -> !pause.isZero())
                .limit(faults.length)
                .toList();
    }

    @Test
    void a_write_without_an_answer() {
        Fault[] two = {Fault.NOT_SENT, Fault.NOT_SENT};
        apart(afterWrites(1, two), afterWrites(2, two), ofMillis(100), ofMillis(200));
    }

    @Test
    void a_write_that_is_refused() {
        // No longer than a beat, since the claim may be running out.
        apart(afterWrites(1, Fault.DENIED), afterWrites(2, Fault.DENIED), ofSeconds(10));
    }

    private static List<Duration> blocked(long seed) {
        ScriptedProcess process = seeded(seed);
        process.given(state -> state.claim(attempt("0001", 1, "t", "d1"), LEASE)
                .fail("t", Outcome.FAILED, "boom", ScriptedProcess.NOW, null));
        process.start(plain("0001")).until(() -> process.pauses.size() == 2);
        return process.pauses;
    }

    @Test
    void a_start_that_is_blocked() {
        apart(longerThan(blocked(1)), longerThan(blocked(2)), ofSeconds(30), ofSeconds(30));
    }

    /** A poll is never shorter than its interval: what it is longer by, taken from the interval instead. */
    private static List<Duration> longerThan(List<Duration> polls) {
        return polls.stream()
                .map(poll -> ofSeconds(30).multipliedBy(2).minus(poll))
                .toList();
    }

    private static ScriptedProcess waiter(long seed) {
        ScriptedProcess process = seeded(seed);
        process.given(state -> state.claim(attempt("0001", 1, "theirs", "d0"), LEASE));
        return process;
    }

    @Test
    void a_hundred_waiters_spread_and_each_is_done_within_two_polls_of_the_owner() {
        List<Duration> done = new ArrayList<>();
        for (int seed = 0; seed < 100; seed++) {
            ScriptedProcess process = waiter(seed);
            process.at(
                    ofSeconds(31),
                    () -> process.change(state -> state.complete(
                            new AppliedMigration(state.running().attempt(), ScriptedProcess.NOW, null))));
            process.start(plain("0001")).finish();
            assertThat(process.pauses).allSatisfy(pause -> assertThat(pause).isBetween(ofSeconds(2), ofSeconds(3)));
            done.add(Duration.ofNanos(process.nanos));
        }
        assertThat(done).allSatisfy(when -> assertThat(when).isBetween(ofSeconds(31), ofSeconds(35)));
        assertThat(new HashSet<>(done)).hasSizeGreaterThan(90);
    }

    @Test
    void an_owner_has_its_whole_lease_and_a_poll_whatever_the_jitter() {
        for (int seed = 0; seed < 100; seed++) {
            ScriptedProcess process = waiter(seed);
            process.start(plain("0001"))
                    .until(() -> !process.told(MigrationEvent.TakenOver.class).isEmpty());
            assertThat(Duration.ofNanos(process.nanos)).isBetween(ofSeconds(62), ofSeconds(65));
        }
    }
}
