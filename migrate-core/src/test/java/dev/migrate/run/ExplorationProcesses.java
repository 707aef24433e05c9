package dev.migrate.run;

import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Owner;
import dev.migrate.ledger.Progress;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the processes of a small world are, and what they work with. */
final class ExplorationProcesses {

    private static final long SECOND = 1_000_000_000L;
    private static final Explored.Run.Known NOTHING = new Explored.Run.Known(0, false, false);

    private final SmallWorld small;
    private final List<SimMigration> migrations;
    private final ExplorationMoment moment;
    private final ExplorationJudge judge;

    ExplorationProcesses(SmallWorld small, ExplorationMoment moment, ExplorationJudge judge) {
        this.small = small;
        this.migrations = small.migrations();
        this.moment = moment;
        this.judge = judge;
    }

    /** Everything is applied, by a process that is gone. */
    List<Explored.Run> applyAll() {
        List<Explored.Run> runs = new ArrayList<>();
        List<Applied> applied = new ArrayList<>();
        Receipts receipts = new Receipts(Exploration.ENVIRONMENT);
        ExplorationStore store = new ExplorationStore(moment);
        for (int m = 0; m < migrations.size(); m++) {
            SimMigration migration = migrations.get(m);
            String token = "before" + m;
            Attempt attempt =
                    new Attempt(migration.id(), migration.name(), 1, token, Instant.EPOCH, "d0", null, false, Map.of());
            applied.add(new Applied(attempt, Instant.EPOCH, null));
            Applied unused = receipts.write(store, applied.get(m), other -> false);
            runs.add(new Explored.Run(
                    0, m, token, false, 0, 0, 0, Explored.Run.End.RETURNED, new Explored.Run.Known(0, false, true)));
        }
        LedgerState state = LedgerState.fresh(Exploration.ENVIRONMENT, applied);
        Step<Snapshot> made =
                new Register(Exploration.ENVIRONMENT, () -> "before", ticker()).create(state, SimLedger.retry());
        Snapshot unused = Driver.drive(made, store, pause -> {});
        return runs;
    }

    private Ticker ticker() {
        return new Ticker() {
            @Override
            public long nanos() {
                return moment.now;
            }

            @Override
            public Instant now() {
                return Instant.EPOCH;
            }
        };
    }

    Step<MigrationReport> start(int p) {
        // What lasts is told each time, or what was told on another road would not be told on this one.
        Ticker everyTime = new Ticker() {
            private long hours;

            @Override
            public long nanos() {
                return ++hours * 3600 * SECOND;
            }

            @Override
            public Instant now() {
                return Instant.EPOCH;
            }
        };
        String deployment = small.deployments().get(p);
        RunnerSettings settings = new RunnerSettings(
                Exploration.ENVIRONMENT,
                deployment,
                new Owner("p" + p, 1, null),
                Exploration.LEASE,
                Duration.ZERO,
                small.isReverting(p) ? RunnerSettings.OnFailure.EXIT : RunnerSettings.OnFailure.BLOCK,
                RunnerSettings.OutOfOrder.RUN,
                true);
        Tools tools = new Tools(
                new Plan(migrations, deployment, null),
                settings,
                new Register(Exploration.ENVIRONMENT, () -> "p" + p + "n" + moment.texts++, ticker()),
                new Receipts(Exploration.ENVIRONMENT),
                ticker(),
                () -> "p" + p + "t" + moment.texts++,
                new Herald(this::on, everyTime),
                () -> false,
                (migration, attempt, checkpoint) -> begin(p, migrations.indexOf(migration), attempt, checkpoint),
                () -> 0);
        return small.isReverting(p)
                ? RevertProtocol.begin(tools, RevertTarget.all(), null, null)
                : new StartupProtocol(tools).begin();
    }

    private void on(MigrationEvent event) {
        if (event instanceof MigrationEvent.Blocked) {
            moment.blocked = true;
        } else if (event instanceof MigrationEvent.AppliedNow now) {
            reported(now.applied().attempt());
        } else if (event instanceof MigrationEvent.Halt halt) {
            reported(halt.halted().attempt());
        } else if (event instanceof MigrationEvent.Reverted undone) {
            reported(undone.attempt());
        }
    }

    private void reported(Attempt attempt) {
        moment.note(attempt, known -> new Explored.Run.Known(known.written(), known.takenOver(), true));
    }

    private Work begin(int p, int migration, Attempt attempt, @Nullable String checkpoint) {
        boolean resumable = migrations.get(migration).kind() == SimMigration.Kind.RESUMABLE;
        // The first ends before a beat is due, the second after one; a resumable one has time to write its checkpoint.
        long takes = SECOND / 2 + migration * SECOND + (resumable ? SECOND : 0);
        Explored.Run start = new Explored.Run(
                p,
                migration,
                String.valueOf(attempt.token()),
                attempt.reverts(),
                SimCheckpoints.number(checkpoint),
                moment.now,
                moment.now + takes,
                Explored.Run.End.NONE,
                NOTHING);
        judge.started(moment, start, attempt);
        int index = moment.runs.size();
        moment.runs.add(start);
        return new ExploredWork(index, resumable && !attempt.reverts());
    }

    /** An action; whether it has ended stands in the state of the world. */
    private final class ExploredWork implements Work {
        private final int index;
        private final boolean resumable;

        ExploredWork(int index, boolean resumable) {
            this.index = index;
            this.resumable = resumable;
        }

        @Override
        public boolean ended() {
            return moment.runs.get(index).ended();
        }

        @Override
        public @Nullable Throwable failure() {
            return moment.runs.get(index).threw() ? new IllegalStateException("played") : null;
        }

        @Override
        public @Nullable Duration took() {
            return null;
        }

        @Override
        public void cancel() {}

        @Override
        public void interrupt() {}

        @Override
        public boolean interrupted() {
            return false;
        }

        @Override
        public Optional<String> checkpoint() {
            return resumable ? Optional.of(String.valueOf(moment.runs.get(index).saved())) : Optional.empty();
        }

        @Override
        public @Nullable Progress progress() {
            return null;
        }
    }
}
