package dev.migrate.internal.ledger;

import static dev.migrate.internal.ledger.LedgerJsonTest.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationException;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule W, case by case: what a write of the register makes of every answer. */
class RegisterRepositoryTest {

    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final String KEY = RegisterRepository.key(DEV);
    private static final LedgerState FRESH = LedgerState.empty(DEV, List.of());

    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final Script store = new Script(objects);
    private final List<MigrationException> troubles = new ArrayList<>();
    private long nanos;
    private int nonces;
    private boolean needed;
    private final RegisterRepository register = new RegisterRepository(DEV, () -> "nonce" + nonces++, new TimeSource() {
        @Override
        public long monotonicNanos() {
            return nanos;
        }

        @Override
        public Instant wallTime() {
            return Instant.EPOCH;
        }
    });

    /** A store that does what a test says to the writes that come next. */
    private static final class Script implements ObjectStore {
        enum Act {
            DROP,
            LOSE_ANSWER,
            CONFLICT,
            DO_THEN_CONFLICT,
            DENY,
            BREAK,
            IGNORE_CONDITION
        }

        final InMemoryObjectStore objects;
        final Deque<Act> writes = new ArrayDeque<>();
        final Deque<Act> reads = new ArrayDeque<>();
        final List<String> calls = new ArrayList<>();
        boolean ignoresConditions;

        Script(InMemoryObjectStore objects) {
            this.objects = objects;
        }

        private ReadResult read(String call, ReadResult answer) {
            calls.add(call);
            if (reads.poll() == Act.DROP) {
                throw new StoreUnavailableException("no answer", null);
            }
            return answer;
        }

        @Override
        public ReadResult read(String key) {
            return read("GET", objects.read(key));
        }

        @Override
        public ReadResult readIfChanged(String key, String version) {
            return read("GET?", objects.readIfChanged(key, version));
        }

        @Override
        public String create(String key, byte[] content) {
            calls.add("CREATE");
            if (ignoresConditions && objects.read(key) instanceof ReadResult.Found found) {
                return objects.replace(key, content, found.version());
            }
            return write(() -> objects.create(key, content));
        }

        @Override
        public String replace(String key, byte[] content, String version) {
            calls.add("PUT");
            if (ignoresConditions && objects.read(key) instanceof ReadResult.Found found) {
                return objects.replace(key, content, found.version());
            }
            return write(() -> objects.replace(key, content, version));
        }

        private String write(java.util.function.Supplier<String> write) {
            Act act = writes.poll();
            if (act == Act.DROP) {
                throw new StoreUnavailableException("no answer", null);
            }
            if (act == Act.CONFLICT) {
                throw new StoreConflictException("409", null);
            }
            if (act == Act.BREAK) {
                throw new IllegalStateException("of somebody's interceptor");
            }
            if (act == Act.DENY) {
                throw new NonTransientStoreException("denied", "mend the policy", null);
            }
            String version = write.get();
            if (act == Act.LOSE_ANSWER) {
                throw new StoreUnavailableException("answer lost", null);
            }
            if (act == Act.DO_THEN_CONFLICT) {
                throw new StoreConflictException("412", null);
            }
            return version;
        }

        @Override
        public void delete(String key, String version) {
            throw new AssertionError("the protocol deletes nothing");
        }

        @Override
        public List<String> list(String folder, int limit) {
            return objects.list(folder, limit);
        }

        @Override
        public String describe() {
            return "script";
        }
    }

    private RetryPolicy retry() {
        return new RetryPolicy(
                (cause, refused) -> troubles.add(cause), () -> needed, Aborted::new, Duration.ofHours(1), () -> 0);
    }

    private static final class Aborted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private <R> R run(Step<R> step) {
        Step<R> next = step;
        for (int steps = 0; steps < 200; steps++) {
            if (next instanceof Step.StoreCall<R> call) {
                next = call.operation().apply(store);
            } else if (next instanceof Step.Wait<R> pause) {
                nanos += pause.timeout().toNanos();
                next = pause.next().get();
            } else {
                return ((Step.Done<R>) next).result();
            }
        }
        throw new AssertionError("no end after 200 steps: " + store.calls);
    }

    private VersionedState create(LedgerState state) {
        return run(register.create(state, retry()));
    }

    private VersionedState reread() {
        return run(register.reread(retry()));
    }

    private Optional<VersionedState> read() {
        return run(register.read(retry()));
    }

    private VersionedState made() {
        VersionedState made = create(FRESH);
        store.calls.clear();
        return made;
    }

    private WriteResult claim(VersionedState seen, String token) {
        LedgerState next = seen.state().claim(attempt("0001", 1, token), Duration.ofMinutes(1));
        return run(register.commit(seen, next, retry()));
    }

    @Test
    void success_is_a_commit_and_one_request() {
        VersionedState seen = made();
        nanos = 5;
        WriteResult commit = claim(seen, "t");
        assertThat(commit.committed()).isTrue();
        assertThat(commit.sentAt()).isEqualTo(5);
        assertThat(commit.snapshot().state().revision()).isEqualTo(2);
        assertThat(store.calls).containsExactly("PUT");
    }

    @Test
    void a_lost_answer_is_a_commit_found_by_reading_back() {
        for (Script.Act act : List.of(Script.Act.LOSE_ANSWER, Script.Act.DO_THEN_CONFLICT)) {
            VersionedState seen = objects.read(KEY) instanceof ReadResult.Absent ? made() : release();
            store.writes.add(act);
            nanos = 7;
            WriteResult commit = claim(seen, "t");
            assertThat(commit.committed()).as("%s", act).isTrue();
            assertThat(store.calls).last().isEqualTo("GET");
            assertThat(commit.sentAt())
                    .as("the lease counts from before the first sending")
                    .isEqualTo(7);
        }
    }

    private VersionedState release() {
        VersionedState seen = reread();
        return run(register.commit(seen, seen.state().release("t"), retry())).snapshot();
    }

    @Test
    void an_unchanged_version_is_undecided_and_the_same_bytes_are_sent_again() {
        VersionedState seen = made();
        store.writes.addAll(List.of(Script.Act.DROP, Script.Act.CONFLICT, Script.Act.LOSE_ANSWER));
        int before = nonces;
        WriteResult commit = claim(seen, "t");
        assertThat(commit.committed()).isTrue();
        assertThat(commit.sentAt()).isZero();
        assertThat(nonces).as("one nonce for all sendings").isEqualTo(before + 1);
        assertThat(store.calls).containsExactly("PUT", "GET", "PUT", "GET", "PUT", "GET");
    }

    @Test
    void one_conflict_is_not_reported_but_repeated_conflicts_without_a_writer_are() {
        VersionedState seen = made();
        store.writes.add(Script.Act.CONFLICT);
        WriteResult claim = claim(seen, "t");
        assertThat(troubles).isEmpty();

        store.writes.addAll(List.of(Script.Act.CONFLICT, Script.Act.CONFLICT, Script.Act.CONFLICT));
        LedgerState next = claim.snapshot().state().release("t");
        assertThat(run(register.commit(claim.snapshot(), next, retry())).committed())
                .isTrue();
        assertThat(troubles).hasSize(2).allSatisfy(trouble -> assertThat(trouble)
                .hasMessage("409, although no other process has written this object"));
    }

    @Test
    void a_missing_register_that_cannot_be_created_is_reported() {
        store.writes.addAll(List.of(Script.Act.CONFLICT, Script.Act.CONFLICT, Script.Act.CONFLICT));
        assertThat(create(FRESH)).isNotNull();
        assertThat(troubles).hasSize(2).allSatisfy(trouble -> assertThat(trouble)
                .hasMessage("409, although no other process has written this object"));
    }

    @Test
    void a_write_that_lost_to_another_returns_the_current_register() {
        VersionedState seen = made();
        assertThat(claim(seen, "theirs").committed()).isTrue();
        WriteResult commit = claim(seen, "mine");
        assertThat(commit.committed()).isFalse();
        assertThat(commit.snapshot().state().running().attempt().token()).isEqualTo("theirs");
    }

    @Test
    void the_nonce_distinguishes_writes_of_equal_content() {
        VersionedState seen = made();
        VersionedState claimed = claim(seen, "t").snapshot();
        byte[] one = ((ReadResult.Found) objects.read(KEY)).content();
        VersionedState released = run(register.commit(claimed, claimed.state().release("t"), retry()))
                .snapshot();
        WriteResult again = claim(released, "t");
        assertThat(again.snapshot().version()).isNotEqualTo(claimed.version());
        assertThat(((ReadResult.Found) objects.read(KEY)).content()).isNotEqualTo(one);
    }

    @Test
    void a_register_that_is_gone_is_never_made_again() {
        VersionedState seen = made();
        objects.delete(KEY, ((ReadResult.Found) objects.read(KEY)).version());
        LedgerState next = seen.state().claim(attempt("0001", 1, "t"), Duration.ofMinutes(1));
        Step<WriteResult> write = register.commit(seen, next, retry());
        assertThatThrownBy(() -> run(write)).isInstanceOf(AssertionError.class);
        assertThat(store.calls).doesNotContain("CREATE");
        assertThat(troubles).last().isInstanceOf(LedgerException.class);
        assertThat(troubles).last().asString().contains("is gone");
        assertThat(objects.read(KEY)).isInstanceOf(ReadResult.Absent.class);
    }

    @Test
    void a_refusal_is_reported_and_retried_after_30_seconds() {
        VersionedState seen = made();
        store.writes.add(Script.Act.DENY);
        WriteResult commit = claim(seen, "t");
        assertThat(commit.committed()).isTrue();
        assertThat(troubles).singleElement().isInstanceOf(NonTransientStoreException.class);
        assertThat(nanos).isGreaterThanOrEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void asking_ends_when_something_else_needs_the_process() {
        VersionedState seen = made();
        store.writes.add(Script.Act.DROP);
        needed = true;
        assertThat(claim(seen, "t").status()).isEqualTo(WriteResult.Status.UNDECIDED);
        assertThat(store.calls).containsExactly("PUT");
    }

    @Test
    void a_fresh_register_is_probed_with_two_writes_that_must_be_refused() {
        VersionedState made = create(FRESH);
        assertThat(store.calls).containsExactly("CREATE", "CREATE", "PUT");
        assertThat(reread()).isEqualTo(made);
    }

    @Test
    void a_store_that_ignores_conditions_is_refused_by_name_now_and_at_every_later_start() {
        store.ignoresConditions = true;
        needed = true;
        assertThatThrownBy(() -> create(FRESH)).isInstanceOf(Aborted.class);
        assertThat(troubles).singleElement().asString().contains("script ignores conditional writes");
        troubles.clear();
        assertThatThrownBy(this::read).isInstanceOf(Aborted.class);
        assertThat(troubles).singleElement().asString().contains("the store ignores conditional writes");
    }

    @Test
    void of_two_that_make_the_register_one_does_and_both_go_on_with_it() {
        VersionedState one = made();
        LedgerState other = LedgerState.empty(DEV, List.of(new AppliedMigration(attempt("0009", 1, "x"), null, null)));
        VersionedState two = create(other);
        assertThat(two).isEqualTo(one);
    }

    @Test
    void a_foreign_object_in_place_of_the_register_is_reported_and_left_unchanged() {
        byte[] foreign = "hello".getBytes(StandardCharsets.UTF_8);
        String unused = objects.create(KEY, foreign);
        needed = true;
        assertThatThrownBy(this::read).isInstanceOf(Aborted.class);
        assertThatThrownBy(() -> create(FRESH)).isInstanceOf(Aborted.class);
        assertThat(troubles).hasSize(2).allMatch(LedgerException.class::isInstance);
        assertThat(((ReadResult.Found) objects.read(KEY)).content()).isEqualTo(foreign);
    }

    @Test
    void a_store_that_fails_in_a_way_it_should_not_is_taken_for_one_that_gives_no_answer() {
        VersionedState seen = made();
        store.writes.add(Script.Act.BREAK);
        assertThat(claim(seen, "t").committed()).isTrue();
        assertThat(troubles).singleElement().asString().contains("a way it should not");
    }
}
