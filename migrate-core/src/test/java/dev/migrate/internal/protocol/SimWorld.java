package dev.migrate.internal.protocol;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.HistoryEntry;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.listener.Attempt;
import dev.migrate.testing.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several processes, one store and one clock, all in one thread: what happens next is drawn from one seed. It knows
 * what really happened, which no process does.
 */
final class SimWorld {

    static final EnvironmentName ENVIRONMENT = new EnvironmentName("sim");
    static final long MILLI = 1_000_000L;
    static final long LEASE = 60_000 * MILLI;

    /** What a history reached, so that nobody can take an empty one for a proof. */
    enum Reached {
        EXECUTIONS,
        APPLIED,
        FAILED,
        INTERRUPTED,
        TAKEN_OVER,
        RETRIED,
        GIVEN_UP,
        CRASH,
        CRASH_IN_ACTION,
        PAUSE,
        HELD_UP,
        STOP,
        RESTART_SAME,
        RESTART_NEW,
        OPERATOR_RETRY,
        OPERATOR_RESOLVE,
        OPERATOR_STAMP,
        REVERT_STARTED,
        REVERTED,
        REVERT_FAILED,
        REVERT_INTERRUPTED,
        REVERT_REFUSED,
        REGISTER_DELETED,
        LOST_RESPONSE,
        DELAYED_WRITE,
        NOT_SENT,
        TIME_OUT,
        CONFLICT_409,
        RETRIED_BY_CLIENT_412,
        DENIED_403,
        ERROR_500,
        ERROR_500_THOUGH_DONE,
        SLOW_DOWN_503,
        READS_FAIL,
        WRITES_FAIL
    }

    /** One start of an action, as it really was. */
    static final class Execution {
        final MigrationId id;
        final SimProcess process;
        final String deployment;
        final boolean reverts;
        final boolean restartable;
        final boolean resumable;
        final String token;
        final long startedAt;
        final boolean claimStood;
        /** The checkpoint from which it started; 0 for none. */
        final int from;
        /** When it saved its checkpoints, each one more than the one before. */
        final List<Long> saves = new ArrayList<>();
        /** Null while it runs. */
        @Nullable
        Long endedAt;
        /** Null unless it threw. */
        @Nullable
        Throwable threw;

        boolean killed;

        Execution(SimProcess process, SimMigration migration, Attempt attempt, int from, boolean claimStood) {
            this.id = migration.id();
            this.process = process;
            this.reverts = attempt.isRevert();
            this.deployment = process.deployment;
            this.restartable = migration.restartable() && !reverts;
            this.resumable = migration.kind() == SimMigration.Kind.RESUMABLE && !reverts;
            this.token = Objects.requireNonNull(attempt.token());
            this.startedAt = process.world.now;
            this.claimStood = claimStood;
            this.from = from;
        }

        boolean returned() {
            return endedAt != null && threw == null && !killed;
        }

        @Override
        public String toString() {
            return (reverts ? "revert of " : "") + id + " by " + process.name + " of " + deployment + " from "
                    + startedAt / MILLI
                    + (endedAt == null ? ", running" : " to " + endedAt / MILLI)
                    + (threw != null ? ", threw" : "") + (killed ? ", killed" : "");
        }
    }

    /** Something that is to happen at a time. */
    record Event(long at, long order, Runnable what) {}

    final SimChecker checker = new SimChecker(this);
    final Random chance;
    /** Apart from the chance, so that a retry more or less draws no other history. */
    final Random jitter;

    final InMemoryObjectStore objects = new InMemoryObjectStore();
    final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    final List<SimProcess> processes = new ArrayList<>();
    final List<Execution> executions = new ArrayList<>();
    final List<MigrationId> allowed = new ArrayList<>();
    final List<MigrationId> revertAllowed = new ArrayList<>();
    /** When an operator last said that a migration is reverted. */
    final Map<MigrationId, Long> revertedByHand = new HashMap<>();

    final Map<MigrationId, Long> allowedAt = new HashMap<>();
    /** Claims that somebody took over, as owner and migration: only beside those may another action run. */
    final Set<String> takenOver = new HashSet<>();

    final Map<MigrationId, Long> receiptSince = new HashMap<>();
    long registerChangedAt;
    final Map<Reached, Integer> reached = new EnumMap<>(Reached.class);
    final @Nullable StringBuilder timeline;
    final List<String> violations = new ArrayList<>();
    /** The register as it was last looked at from outside. */
    @Nullable
    VersionedState lastSeen;

    long now;
    long orders;
    int names;
    /** Writes whose senders have given up and that will land yet. */
    int underWay;

    boolean faults = true;

    SimWorld(long seed, boolean withTimeline) {
        this.chance = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        this.jitter = new Random(seed * 0x9E3779B97F4A7C15L + 2);
        this.timeline = withTimeline ? new StringBuilder() : null;
    }

    void at(long when, Runnable what) {
        events.add(new Event(Math.max(when, now), orders++, what));
    }

    boolean step() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.at();
        event.what().run();
        return true;
    }

    boolean maybe(double probability) {
        return faults && chance.nextDouble() < probability;
    }

    void count(Reached what) {
        reached.merge(what, 1, Integer::sum);
    }

    void violation(Promise promise, String how) {
        String what = promise.broken(how);
        violations.add(what);
        tell(null, "VIOLATION " + what);
    }

    void tell(@Nullable SimProcess who, String what) {
        if (timeline != null) {
            timeline.append(String.format("%12.3f  %-8s %s%n", now / 1e9, who == null ? "" : who.name, what));
        }
    }

    /** An operator's word on a verdict. */
    void allow(MigrationId id, boolean reverts, HistoryEntry.OperatorAction act) {
        if (act == HistoryEntry.OperatorAction.RETRY) {
            (reverts ? revertAllowed : allowed).add(id);
            allowedAt.put(id, now);
        } else if (reverts) {
            revertedByHand.put(id, now);
        }
    }
}
