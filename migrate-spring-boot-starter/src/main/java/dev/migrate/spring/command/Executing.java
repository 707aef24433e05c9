package dev.migrate.spring.command;

import dev.migrate.MigrationException;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Operator;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationListener;
import dev.migrate.run.MigrationRunner;
import dev.migrate.run.MigrationsStoppedException;
import dev.migrate.run.RevertTarget;
import dev.migrate.run.RunnerSettings;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.report.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands that run something. What was done is told also when the run did not end well. */
record Executing(Workplace place, Duration patience) {

    Answer migrate(@Nullable MigrationId to) {
        if (to != null) {
            Reading.requireKnown(place, to);
        }
        return run(false, to, runner -> {
            var unused = runner.run();
        });
    }

    Answer revert(RevertTarget target, Operator by, @Nullable String reason) {
        return run(true, null, runner -> {
            var unused = runner.revert(target, by, reason);
        });
    }

    private Answer run(boolean reverts, @Nullable MigrationId to, Consumer<MigrationRunner> what) {
        long begun = System.nanoTime();
        Watch watch = new Watch();
        RunnerSettings how = place.settings().forOperator(patience).to(to);
        int exitCode = ExitCode.DONE;
        Problem problem = null;
        try {
            what.accept(place.runner(how, watch));
        } catch (MigrationsStoppedException e) {
            throw e;
        } catch (MigrationException e) {
            exitCode = ExitCode.of(e, place::isOurs);
            problem = Problem.of(e);
        }
        return new Answer.Run(
                exitCode,
                problem,
                reverts,
                List.copyOf(watch.done),
                to,
                place.migrations().size(),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Notes what is done. */
    private static final class Watch implements MigrationListener {

        private final List<Answer.Done> done = new CopyOnWriteArrayList<>();
        private volatile long startedAt;

        @Override
        public void onStarted(MigrationEvent.Started started) {
            startedAt = System.nanoTime();
        }

        @Override
        public void onApplied(MigrationEvent.AppliedNow now) {
            Applied applied = now.applied();
            done.add(new Answer.Done(
                    applied.attempt(),
                    Objects.requireNonNullElseGet(applied.took(), this::sinceStarted),
                    Objects.requireNonNullElseGet(applied.finishedAt(), Instant::now)));
        }

        @Override
        public void onReverted(MigrationEvent.Reverted undone) {
            done.add(new Answer.Done(undone.attempt(), sinceStarted(), Instant.now()));
        }

        private Duration sinceStarted() {
            return Duration.ofNanos(System.nanoTime() - startedAt);
        }
    }
}
