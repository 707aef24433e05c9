package dev.migrate.internal.runner;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.execution.ActionExecution;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.execution.ThreadActionExecution;
import dev.migrate.internal.execution.Waiter;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.ledger.RegisterRepository;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.plan.CommandRefusedException;
import dev.migrate.internal.plan.Plan;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.protocol.ProtocolContext;
import dev.migrate.internal.protocol.RevertProtocol;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.protocol.StartupProtocol;
import dev.migrate.internal.reporting.EventPublisher;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.time.Backoff;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.MigrationReport;
import dev.migrate.store.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pending migrations once. It reads the ledger, waits while another process runs a migration, and claims and runs the
 * next migration, until nothing is pending or a verdict blocks. A runner is for one run; a process may have several.
 *
 * @since 0.1
 */
public final class MigrationRunner {

    /** How long the final write may take after the shutdown grace. */
    private static final Duration FINAL_WRITE_TIMEOUT = Duration.ofSeconds(10);
    /** How long a run with nothing to write may take to end before its thread is interrupted. */
    private static final Duration IDLE_STOP_TIMEOUT = Duration.ofMillis(500);

    private final ObjectStore store;
    private final RunnerSettings settings;
    private final ProtocolContext context;
    private final UnaryOperator<Duration> pace;
    private final Waiter waiter = new Waiter();
    private volatile boolean stopping;
    private volatile @Nullable Thread runs;
    /** The action that was started last. */
    private volatile @Nullable ActionExecution work;

    /**
     * Makes a runner.
     *
     * @param store where the ledger is
     * @param migrations the migrations of the environment, in any order
     * @param settings the settings of the run
     * @param listener receives the events
     * @throws dev.migrate.MigrationDefinitionException if two migrations have one number
     */
    public MigrationRunner(
            ObjectStore store,
            List<? extends MigrationDefinition> migrations,
            RunnerSettings settings,
            MigrationListener listener) {
        this(store, migrations, settings, listener, TimeSource.SYSTEM, UnaryOperator.identity());
    }

    /** Creates a runner with another clock; {@code pace} converts a wait by that clock to a wait by the system's clock. */
    public MigrationRunner(
            ObjectStore store,
            List<? extends MigrationDefinition> migrations,
            RunnerSettings settings,
            MigrationListener listener,
            TimeSource timeSource,
            UnaryOperator<Duration> pace) {
        this.store = store;
        this.settings = settings;
        this.pace = pace;
        this.context = new ProtocolContext(
                new Plan(migrations, settings.deployment(), settings.upTo()),
                settings,
                new RegisterRepository(
                        settings.environment(), () -> UUID.randomUUID().toString(), timeSource),
                new ReceiptRepository(settings.environment()),
                new ProtocolContext.Effects(timeSource, () -> UUID.randomUUID().toString(), Backoff.RANDOM),
                new EventPublisher(listener::on, timeSource),
                () -> stopping,
                this::begin);
    }

    private ActionExecution begin(MigrationDefinition migration, Attempt attempt, @Nullable String checkpoint) {
        ActionExecution begun = ThreadActionExecution.start(migration, attempt, checkpoint, waiter);
        work = begun;
        return begun;
    }

    /**
     * The key of the one object that a start with nothing to do reads.
     *
     * @param environment the environment
     * @return the key
     */
    public static String registerKey(EnvironmentName environment) {
        return RegisterRepository.key(environment);
    }

    /**
     * Runs the pending migrations, waits while other processes run them, and returns when nothing is pending. An interrupt of
     * the calling thread has the effect of {@link #stop}.
     *
     * @return what was done
     * @throws dev.migrate.MigrationDefinitionException if the migrations cannot be run as they are declared
     * @throws MigrationsBlockedException if the start is blocked and the settings say to exit
     * @throws RunCancelledException if a shutdown ends the run before everything is applied
     */
    public MigrationReport run() {
        return drive(() -> new StartupProtocol(context).begin());
    }

    /**
     * Reverts migrations, the last one first, each under a claim. A reverted migration is pending again. An interrupt of the
     * calling thread has the effect of {@link #stop}.
     *
     * @param target which migrations to revert
     * @param by the operator, for the ledger; null if not known
     * @param reason why, for the ledger, or null
     * @return what was done
     * @throws CommandRefusedException if one of them cannot be reverted, or a migration is running; then none was reverted
     * @throws MigrationsBlockedException if one fails, or an earlier verdict blocks
     * @throws RunCancelledException if a shutdown ends the run before everything is reverted
     */
    public MigrationReport revert(RevertTarget target, @Nullable Operator by, @Nullable String reason) {
        return drive(() -> RevertProtocol.begin(context, target, by, reason));
    }

    private MigrationReport drive(Supplier<Step<MigrationReport>> first) {
        runs = Thread.currentThread();
        AtomicBoolean interrupted = new AtomicBoolean();
        try {
            return StepRunner.drive(first.get(), store, pause -> await(pause, interrupted));
        } finally {
            runs = null;
            waiter.wake();
            if (interrupted.get()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits as a step requests. An interrupt is restored at the end, because the remaining writes need this thread. */
    private void await(Step.Wait<?> pause, AtomicBoolean interrupted) {
        try {
            waiter.await(pace.apply(pause.timeout()), pause.condition());
        } catch (InterruptedException e) {
            stopping = true;
            interrupted.set(true);
        }
    }

    /**
     * Ends the run. No new action starts, a running action gets the shutdown grace before it is interrupted, and every wait
     * ends at once. Returns when the verdict is written and the run has ended, at the latest 10 seconds after the grace. If no
     * run is in progress, a later run ends at once.
     */
    public void stop() {
        stopping = true;
        waiter.wake();
        Thread runner = runs;
        if (runner == null || Thread.currentThread() == runner) {
            return;
        }
        try {
            end(runner);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Applies the grace here too, because the runner's thread may block in a store that does not answer. */
    private void end(Thread runner) throws InterruptedException {
        ActionExecution running = work;
        if (running == null) {
            // No action was started, so there is nothing to write and the thread may be interrupted.
            if (!waiter.awaitTrue(IDLE_STOP_TIMEOUT, () -> runs == null)) {
                runner.interrupt();
            }
        } else if (!running.ended()) {
            if (!endsInGrace(running)) {
                running.interrupt();
            }
        }
        boolean unused = waiter.awaitTrue(FINAL_WRITE_TIMEOUT, () -> runs == null);
    }

    /** Polls, because an action may call System.exit within its grace and would then never return. */
    private boolean endsInGrace(ActionExecution running) throws InterruptedException {
        long end = TimeSource.SYSTEM.monotonicNanos() + settings.shutdownGrace().toNanos();
        while (true) {
            running.cancel();
            Duration left = Duration.ofNanos(Math.max(0, end - TimeSource.SYSTEM.monotonicNanos()));
            Duration slice = left.compareTo(IDLE_STOP_TIMEOUT) > 0 ? IDLE_STOP_TIMEOUT : left;
            if (waiter.awaitTrue(slice, () -> runs == null || running.ended() || running.shutsDownApplication())) {
                return true;
            }
            if (left.isZero()) {
                return false;
            }
        }
    }
}
