package dev.migrate.internal.protocol;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.ledger.RegisterRepository;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.plan.CommandRefusedException;
import dev.migrate.internal.plan.Plan;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.reporting.EventPublisher;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.testing.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One process: it takes the steps of a start, one after the other, on its own clock. */
final class SimProcess {

    enum State {
        ALIVE,
        SERVING,
        DEAD
    }

    static final Duration GRACE = Duration.ofSeconds(25);
    /** How long an interrupted action may take to notice. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    final SimWorld world;
    final String name;
    final String deployment;
    final boolean deploymentKnown;
    /** When it had read the ledger for the first time. */
    long openedAt = Long.MAX_VALUE;

    final SimStore store;
    final List<SimMigration> migrations;
    State state = State.ALIVE;
    boolean stopping;
    long stoppedAt;
    /** Until when a fault or a pause occupies it. */
    long troubledUntil;
    /** The register as the store last showed it to this process, or took it from it. */
    @Nullable
    LedgerState seen;
    /** The tokens of the attempts of which it has reported how they ended. */
    final Set<String> reported = new HashSet<>();
    /** The verdict that blocks it, while it does. */
    @Nullable
    BlockedStart block;

    @Nullable
    SimExecution work;
    /** How far this process is ahead of the world: an answer is known only when it has come back. */
    long ahead;
    /** Until when the process does nothing at all. */
    long pausedUntil;

    private final boolean reverts;
    private long turn;
    private final long wallSkew;

    /**
     * @param reverts how much it reverts; null for a start
     */
    SimProcess(
            SimWorld world,
            String deployment,
            boolean deploymentKnown,
            List<SimMigration> migrations,
            @Nullable RevertTarget reverts) {
        this.world = world;
        this.name = "p" + ++world.names;
        this.deployment = deployment;
        this.deploymentKnown = deploymentKnown;
        this.migrations = migrations;
        this.reverts = reverts != null;
        this.store = new SimStore(world, this);
        this.wallSkew = world.chance.nextInt(2_000_000) - 1_000_000L;
        TimeSource timeSource = new TimeSource() {
            @Override
            public long monotonicNanos() {
                return world.now + ahead;
            }

            @Override
            public Instant wallTime() {
                return Instant.ofEpochSecond(1_800_000_000L + wallSkew);
            }
        };
        RunnerSettings settings = RunnerSettings.builder(SimWorld.ENVIRONMENT, new Owner(name, 1, null))
                .deployment(deploymentKnown ? deployment : null)
                .lease(Duration.ofNanos(SimWorld.LEASE))
                .shutdownGrace(GRACE)
                .onFailure(reverts == null ? RunnerSettings.OnFailure.BLOCK : RunnerSettings.OnFailure.EXIT)
                .build();
        ProtocolContext context = new ProtocolContext(
                new Plan(migrations, settings.deployment(), null),
                settings,
                new RegisterRepository(SimWorld.ENVIRONMENT, () -> "n" + world.orders++, timeSource),
                new ReceiptRepository(SimWorld.ENVIRONMENT),
                new ProtocolContext.Effects(timeSource, () -> "t" + world.orders++, world.jitter),
                new EventPublisher(this::on, timeSource),
                () -> stopping,
                (migration, attempt, checkpoint) -> {
                    SimExecution started = new SimExecution(this, (SimMigration) migration, attempt, checkpoint);
                    work = started;
                    return started;
                });
        Step<MigrationReport> first = reverts == null
                ? new StartupProtocol(context).begin()
                : RevertProtocol.begin(context, reverts, null, null);
        world.tell(this, (reverts == null ? "starts, " : "reverts, ") + deployment + " with " + migrations);
        schedule(world.now, () -> guarded(() -> take(first)));
    }

    private void on(MigrationEvent event) {
        if (world.timeline != null) {
            world.tell(this, event.toString().replaceAll("attempt=Attempt\\[.*?\\]", ""));
        }
        if (event instanceof MigrationEvent.RunStarted) {
            openedAt = world.now;
        } else if (event instanceof MigrationEvent.Blocked blocked) {
            block = blocked.block().verdict() == null ? block : blocked.block();
        } else if (event instanceof MigrationEvent.TakenOver) {
            world.count(SimWorld.Reached.TAKEN_OVER);
        } else if (event instanceof MigrationEvent.Applied now) {
            reported(now.applied().attempt());
            world.count(SimWorld.Reached.APPLIED);
        } else if (event instanceof MigrationEvent.AttemptFailed halt) {
            reported(halt.verdict().attempt());
            String verdict = halt.verdict().outcome().name();
            world.count(SimWorld.Reached.valueOf(halt.verdict().attempt().isRevert() ? "REVERT_" + verdict : verdict));
        } else if (event instanceof MigrationEvent.Reverted reverted) {
            reported(reverted.attempt());
            world.count(SimWorld.Reached.REVERTED);
        } else if (event instanceof MigrationEvent.Notice noticed
                && noticed.message().contains("given up")) {
            world.count(SimWorld.Reached.GIVEN_UP);
        }
        if (!(event instanceof MigrationEvent.Blocked)) {
            block = null;
        }
    }

    private void reported(Attempt attempt) {
        reported.add(String.valueOf(attempt.token()));
    }

    /** Something is in its way that it must get over. */
    void troubled() {
        troubledUntil = Math.max(troubledUntil, world.now + ahead);
    }

    /** The answer of the store comes back after a while. */
    void answered() {
        if (world.maybe(0.002)) {
            // Held up while the answer was on its way: a pause that the process cannot know of.
            delay((long) (world.chance.nextDouble() * 200_000));
            world.count(SimWorld.Reached.HELD_UP);
            troubled();
        }
        ahead += (1 + world.chance.nextInt(80)) * SimWorld.MILLI;
    }

    void delay(long millis) {
        ahead += millis * SimWorld.MILLI;
    }

    void pause(long nanos) {
        pausedUntil = Math.max(pausedUntil, world.now + nanos);
        troubledUntil = Math.max(troubledUntil, pausedUntil);
        world.tell(this, "is paused for " + nanos / 1_000_000_000 + " s");
        world.count(SimWorld.Reached.PAUSE);
    }

    void crash() {
        state = State.DEAD;
        turn++;
        world.tell(this, "crashes");
        world.count(SimWorld.Reached.CRASH);
        if (work != null && !work.ended()) {
            world.count(SimWorld.Reached.CRASH_IN_ACTION);
            work.kill();
        }
    }

    void stop() {
        stopping = true;
        stoppedAt = world.now;
        world.tell(this, "receives a shutdown request");
        world.count(SimWorld.Reached.STOP);
        wake();
    }

    /** When it leaves an action behind that still runs; never, while no shutdown was requested. */
    long leavesAt() {
        return stopping ? stoppedAt + GRACE.plus(LAST_WORDS).toNanos() : Long.MAX_VALUE;
    }

    boolean alive() {
        return state == State.ALIVE;
    }

    private Step.@Nullable Wait<MigrationReport> pausing;

    /** Something changed that a pause may have waited for. */
    void wake() {
        Step.Wait<MigrationReport> pause = pausing;
        if (pause != null && alive() && pause.condition().getAsBoolean()) {
            resume(world.now, pause);
        }
    }

    private void resume(long when, Step.Wait<MigrationReport> pause) {
        schedule(when, () -> guarded(() -> take(pause.next().get())));
    }

    /** Only the last thing that was scheduled happens; a paused process does it when it is awake. */
    private void schedule(long when, Runnable what) {
        long mine = ++turn;
        world.at(when, () -> run(mine, what));
    }

    private void run(long mine, Runnable what) {
        if (mine != turn || !alive()) {
            return;
        }
        if (world.now < pausedUntil) {
            world.at(pausedUntil, () -> run(mine, what));
            return;
        }
        ahead = 0;
        pausing = null;
        what.run();
    }

    private void take(Step<MigrationReport> step) {
        if (world.maybe(0.004)) {
            crash();
        } else if (world.maybe(0.003)) {
            pause((long) (world.chance.nextDouble() * 3 * SimWorld.LEASE));
            schedule(world.now, () -> guarded(() -> take(step)));
        } else if (step instanceof Step.StoreCall<MigrationReport> call) {
            Step<MigrationReport> next = call.operation().apply(store);
            if (next instanceof Step.Done && !reverts) {
                world.checker.serves(this);
            }
            if (world.maybe(0.004)) {
                // After the store did what it was asked, before anything came of it.
                crash();
                return;
            }
            schedule(world.now + ahead + world.chance.nextInt(20) * SimWorld.MILLI, () -> guarded(() -> take(next)));
        } else if (step instanceof Step.Wait<MigrationReport> pause) {
            if (pause.condition().getAsBoolean()) {
                resume(world.now + ahead, pause); // its own clock never goes back
            } else {
                // A pause may be for ever, in nanoseconds.
                resume(world.now + ahead + Math.min(pause.timeout().toNanos(), Long.MAX_VALUE / 2), pause);
                pausing = pause;
            }
        } else {
            state = State.SERVING;
            world.tell(this, "serves");
        }
    }

    private void guarded(Runnable what) {
        try {
            what.run();
        } catch (RunCancelledException e) {
            world.checker.shutDown(this);
            state = State.DEAD;
            world.tell(this, "has ended");
            if (work != null && !work.ended()) {
                work.kill();
            }
        } catch (MigrationsBlockedException | CommandRefusedException e) {
            // Nobody blocks whom a person waits for.
            world.checker.refused(this);
            state = State.DEAD;
            world.count(SimWorld.Reached.REVERT_REFUSED);
            world.tell(this, "is refused: " + e.getMessage());
            if (work != null && !work.ended()) {
                world.violation(Promise.ALONE, name + " ends while its action runs");
            }
        } catch (MigrationDefinitionException e) {
            world.violation(Promise.PROGRESS, "refused its migrations: " + e.getMessage());
            state = State.DEAD;
        }
    }
}
