package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.ActionExecution;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.ledger.RegisterRepository;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.plan.Plan;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.reporting.EventPublisher;
import dev.migrate.internal.runner.StepRunner;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.listener.RunningMigration.Progress;
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
    private static final ExploredMoment.Run.Known NOTHING = new ExploredMoment.Run.Known(0, false, false);

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
    List<ExploredMoment.Run> applyAll() {
        List<ExploredMoment.Run> runs = new ArrayList<>();
        List<AppliedMigration> applied = new ArrayList<>();
        ReceiptRepository receipts = new ReceiptRepository(Exploration.ENVIRONMENT);
        ExplorationStore store = new ExplorationStore(moment);
        for (int m = 0; m < migrations.size(); m++) {
            SimMigration migration = migrations.get(m);
            String token = "before" + m;
            Attempt attempt =
                    new Attempt(migration.id(), migration.name(), 1, token, Instant.EPOCH, "d0", null, false, Map.of());
            applied.add(new AppliedMigration(attempt, Instant.EPOCH, null));
            AppliedMigration unused = receipts.write(store, applied.get(m), other -> false);
            runs.add(new ExploredMoment.Run(
                    0,
                    m,
                    token,
                    false,
                    0,
                    0,
                    0,
                    ExploredMoment.Run.End.RETURNED,
                    new ExploredMoment.Run.Known(0, false, true)));
        }
        LedgerState state = LedgerState.empty(Exploration.ENVIRONMENT, applied);
        Step<VersionedState> made = new RegisterRepository(Exploration.ENVIRONMENT, () -> "before", timeSource())
                .create(state, SimLedger.retry());
        VersionedState unused = StepRunner.drive(made, store, pause -> {});
        return runs;
    }

    private TimeSource timeSource() {
        return new TimeSource() {
            @Override
            public long monotonicNanos() {
                return moment.now;
            }

            @Override
            public Instant wallTime() {
                return Instant.EPOCH;
            }
        };
    }

    Step<MigrationReport> start(int p) {
        // What lasts is told each time, or what was told on another road would not be told on this one.
        TimeSource everyTime = new TimeSource() {
            private long hours;

            @Override
            public long monotonicNanos() {
                return ++hours * 3600 * SECOND;
            }

            @Override
            public Instant wallTime() {
                return Instant.EPOCH;
            }
        };
        String deployment = small.deployments().get(p);
        RunnerSettings settings = RunnerSettings.builder(Exploration.ENVIRONMENT, new Owner("p" + p, 1, null))
                .deployment(deployment)
                .lease(Exploration.LEASE)
                .shutdownGrace(Duration.ZERO)
                .onFailure(small.isReverting(p) ? RunnerSettings.OnFailure.EXIT : RunnerSettings.OnFailure.BLOCK)
                .build();
        ProtocolContext context = new ProtocolContext(
                new Plan(migrations, deployment, null),
                settings,
                new RegisterRepository(Exploration.ENVIRONMENT, () -> "p" + p + "n" + moment.texts++, timeSource()),
                new ReceiptRepository(Exploration.ENVIRONMENT),
                new ProtocolContext.Effects(timeSource(), () -> "p" + p + "t" + moment.texts++, () -> 0),
                new EventPublisher(this::on, everyTime),
                () -> false,
                (migration, attempt, checkpoint) -> begin(p, migrations.indexOf(migration), attempt, checkpoint));
        return small.isReverting(p)
                ? RevertProtocol.begin(context, RevertTarget.all(), null, null)
                : new StartupProtocol(context).begin();
    }

    private void on(MigrationEvent event) {
        if (event instanceof MigrationEvent.Blocked) {
            moment.blocked = true;
        } else if (event instanceof MigrationEvent.Applied now) {
            reported(now.applied().attempt());
        } else if (event instanceof MigrationEvent.AttemptFailed halt) {
            reported(halt.verdict().attempt());
        } else if (event instanceof MigrationEvent.Reverted reverted) {
            reported(reverted.attempt());
        }
    }

    private void reported(Attempt attempt) {
        moment.note(attempt, known -> new ExploredMoment.Run.Known(known.written(), known.takenOver(), true));
    }

    private ActionExecution begin(int p, int migration, Attempt attempt, @Nullable String checkpoint) {
        boolean resumable = migrations.get(migration).kind() == SimMigration.Kind.RESUMABLE;
        // The first ends before a beat is due, the second after one; a resumable one has time to write its checkpoint.
        long takes = SECOND / 2 + migration * SECOND + (resumable ? SECOND : 0);
        ExploredMoment.Run start = new ExploredMoment.Run(
                p,
                migration,
                String.valueOf(attempt.token()),
                attempt.isRevert(),
                SimCheckpoints.number(checkpoint),
                moment.now,
                moment.now + takes,
                ExploredMoment.Run.End.NONE,
                NOTHING);
        judge.started(moment, start, attempt);
        int index = moment.runs.size();
        moment.runs.add(start);
        return new ExploredWork(index, resumable && !attempt.isRevert());
    }

    /** An action; whether it has ended stands in the state of the world. */
    private final class ExploredWork implements ActionExecution {
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
        public @Nullable Duration elapsed() {
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
        public Optional<String> lastCheckpoint() {
            return resumable ? Optional.of(String.valueOf(moment.runs.get(index).saved())) : Optional.empty();
        }

        @Override
        public @Nullable Progress progress() {
            return null;
        }
    }
}
