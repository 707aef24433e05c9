package dev.migrate.run;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Owner;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
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
    Block block;

    @Nullable
    SimWork work;
    /** How far this process is ahead of the world: an answer is known only when it has come back. */
    long ahead;
    /** Until when the process does nothing at all. */
    long pausedUntil;

    private final boolean undoes;
    private long turn;
    private final long wallSkew;

    /**
     * @param undoes how much it undoes; null for a start
     */
    SimProcess(
            SimWorld world,
            String deployment,
            boolean deploymentKnown,
            List<SimMigration> migrations,
            @Nullable RevertTarget undoes) {
        this.world = world;
        this.name = "p" + ++world.names;
        this.deployment = deployment;
        this.deploymentKnown = deploymentKnown;
        this.migrations = migrations;
        this.undoes = undoes != null;
        this.store = new SimStore(world, this);
        this.wallSkew = world.chance.nextInt(2_000_000) - 1_000_000L;
        Ticker ticker = new Ticker() {
            @Override
            public long nanos() {
                return world.now + ahead;
            }

            @Override
            public Instant now() {
                return Instant.ofEpochSecond(1_800_000_000L + wallSkew);
            }
        };
        RunnerSettings settings = new RunnerSettings(
                SimWorld.ENVIRONMENT,
                deploymentKnown ? deployment : null,
                new Owner(name, 1, null),
                Duration.ofNanos(SimWorld.LEASE),
                GRACE,
                undoes == null ? RunnerSettings.OnFailure.BLOCK : RunnerSettings.OnFailure.EXIT,
                RunnerSettings.OutOfOrder.RUN,
                true);
        Tools tools = new Tools(
                new Plan(migrations, settings.deployment(), null),
                settings,
                new Register(SimWorld.ENVIRONMENT, () -> "n" + world.orders++, ticker),
                new Receipts(SimWorld.ENVIRONMENT),
                ticker,
                () -> "t" + world.orders++,
                new Herald(this::on, ticker),
                () -> stopping,
                (migration, attempt, checkpoint) -> {
                    SimWork started = new SimWork(this, (SimMigration) migration, attempt, checkpoint);
                    work = started;
                    return started;
                },
                world.jitter);
        Step<MigrationReport> first =
                undoes == null ? new StartupProtocol(tools).begin() : RevertProtocol.begin(tools, undoes, null, null);
        world.tell(this, (undoes == null ? "starts, " : "undoes, ") + deployment + " with " + migrations);
        schedule(world.now, () -> guarded(() -> take(first)));
    }

    private void on(MigrationEvent event) {
        if (world.timeline != null) {
            world.tell(this, event.toString().replaceAll("attempt=Attempt\\[.*?\\]", ""));
        }
        if (event instanceof MigrationEvent.Opened) {
            openedAt = world.now;
        } else if (event instanceof MigrationEvent.Blocked blocked) {
            block = blocked.block().halted() == null ? block : blocked.block();
        } else if (event instanceof MigrationEvent.TakenOver) {
            world.count(SimWorld.Reached.TAKEN_OVER);
        } else if (event instanceof MigrationEvent.AppliedNow now) {
            reported(now.applied().attempt());
            world.count(SimWorld.Reached.APPLIED);
        } else if (event instanceof MigrationEvent.Halt halt) {
            reported(halt.halted().attempt());
            String verdict = halt.halted().verdict().name();
            world.count(SimWorld.Reached.valueOf(halt.halted().attempt().reverts() ? "REVERT_" + verdict : verdict));
        } else if (event instanceof MigrationEvent.Reverted undone) {
            reported(undone.attempt());
            world.count(SimWorld.Reached.REVERTED);
        } else if (event instanceof MigrationEvent.Noticed noticed
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
        world.tell(this, "is told to end");
        world.count(SimWorld.Reached.STOP);
        wake();
    }

    /** When it leaves an action behind that still runs; never, while it was not told to end. */
    long leavesAt() {
        return stopping ? stoppedAt + GRACE.plus(LAST_WORDS).toNanos() : Long.MAX_VALUE;
    }

    boolean alive() {
        return state == State.ALIVE;
    }

    private Step.@Nullable Pause<MigrationReport> pausing;

    /** Something changed that a pause may have waited for. */
    void wake() {
        Step.Pause<MigrationReport> pause = pausing;
        if (pause != null && alive() && pause.until().getAsBoolean()) {
            resume(world.now, pause);
        }
    }

    private void resume(long when, Step.Pause<MigrationReport> pause) {
        schedule(when, () -> guarded(() -> take(pause.then().get())));
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
        } else if (step instanceof Step.Call<MigrationReport> call) {
            Step<MigrationReport> next = call.ask().apply(store);
            if (next instanceof Step.End && !undoes) {
                world.checker.serves(this);
            }
            if (world.maybe(0.004)) {
                // After the store did what it was asked, before anything came of it.
                crash();
                return;
            }
            schedule(world.now + ahead + world.chance.nextInt(20) * SimWorld.MILLI, () -> guarded(() -> take(next)));
        } else if (step instanceof Step.Pause<MigrationReport> pause) {
            if (pause.until().getAsBoolean()) {
                resume(world.now + ahead, pause); // its own clock never goes back
            } else {
                // A pause may be for ever, in nanoseconds.
                resume(world.now + ahead + Math.min(pause.most().toNanos(), Long.MAX_VALUE / 2), pause);
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
        } catch (MigrationsStoppedException e) {
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
