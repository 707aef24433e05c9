package dev.migrate.spring.command;

import dev.migrate.MigrationException;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.plan.RevertTarget;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.report.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands that run or revert migrations. The result lists the completed ones, also if the run failed. */
record RunCommands(StartupContext context, Duration storeTimeout) {

    CommandResult migrate(@Nullable MigrationId to) {
        if (to != null) {
            QueryCommands.requireKnown(context, to);
        }
        return run(false, to, runner -> {
            var unused = runner.run();
        });
    }

    CommandResult revert(RevertTarget target, Operator by, @Nullable String reason) {
        return run(true, null, runner -> {
            var unused = runner.revert(target, by, reason);
        });
    }

    private CommandResult run(boolean reverts, @Nullable MigrationId to, Consumer<MigrationRunner> action) {
        long startNanos = System.nanoTime();
        RunObserver observer = new RunObserver();
        RunnerSettings settings = context.settings().failFast(storeTimeout).upTo(to);
        int exitCode = ExitCode.DONE;
        Problem problem = null;
        try {
            action.accept(context.runner(settings, observer));
        } catch (RunCancelledException e) {
            throw e;
        } catch (MigrationException e) {
            exitCode = ExitCode.of(e, context::isOurs);
            problem = Problem.of(e);
        }
        return new CommandResult.Run(
                exitCode,
                problem,
                reverts,
                List.copyOf(observer.done),
                to,
                context.migrations().size(),
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** Collects the completed migrations. */
    private static final class RunObserver implements MigrationListener {

        private final List<CommandResult.CompletedRun> done = new CopyOnWriteArrayList<>();
        private volatile long startedAt;

        @Override
        public void onStarted(MigrationEvent.Started started) {
            startedAt = System.nanoTime();
        }

        @Override
        public void onApplied(MigrationEvent.Applied event) {
            AppliedMigration applied = event.applied();
            done.add(new CommandResult.CompletedRun(
                    applied.attempt(),
                    Objects.requireNonNullElseGet(applied.took(), this::sinceStarted),
                    Objects.requireNonNullElseGet(applied.finishedAt(), Instant::now)));
        }

        @Override
        public void onReverted(MigrationEvent.Reverted reverted) {
            done.add(new CommandResult.CompletedRun(reverted.attempt(), sinceStarted(), Instant.now()));
        }

        private Duration sinceStarted() {
            return Duration.ofNanos(System.nanoTime() - startedAt);
        }
    }
}
