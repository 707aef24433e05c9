package dev.migrate.chaos;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.MigrationEvent;
import java.io.IOException;
import java.nio.file.Path;

/** The actions of a child. What they do, they write to the file of the round. */
final class Actions {

    private final Path file;
    private final long pid;
    /** The attempt whose action is about to start: the runner tells it before. */
    private volatile Attempt started;

    Actions(Path file, long pid) {
        this.file = file;
        this.pid = pid;
    }

    void on(MigrationEvent event) {
        if (event instanceof MigrationEvent.Started told) {
            started = told.attempt();
        }
    }

    MigrationDefinition definition(MigrationSpec spec) {
        return new Definition(spec);
    }

    private void work(MigrationSpec spec, int from, MigrationContext context) throws Exception {
        Attempt attempt = started;
        try {
            write(attempt, ActionLine.What.START, from);
            for (int step = from + 1; step <= spec.steps(); step++) {
                Thread.sleep(spec.millis());
                write(attempt, ActionLine.What.STEP, step);
                if (context != null) {
                    context.saveCheckpoint("" + step);
                    context.reportProgress(step, spec.steps());
                }
            }
            if (spec.fails()) {
                throw new IllegalStateException("as it was drawn");
            }
            write(attempt, ActionLine.What.END, spec.steps());
        } catch (Exception e) {
            boolean unused = Thread.interrupted(); // or the line could not be written
            write(attempt, e instanceof IllegalStateException ? ActionLine.What.THREW : ActionLine.What.CUT, 0);
            throw e;
        }
    }

    private void write(Attempt attempt, ActionLine.What what, int step) throws IOException {
        new ActionLine(
                        attempt.id().toString(),
                        attempt.number(),
                        pid,
                        attempt.token(),
                        what,
                        step,
                        System.currentTimeMillis())
                .append(file);
    }

    private final class Plain implements MigrationAction {
        private final MigrationSpec spec;

        Plain(MigrationSpec spec) {
            this.spec = spec;
        }

        @Override
        public void migrate() throws Exception {
            work(spec, 0, null);
        }
    }

    private final class Resumable implements ResumableAction {
        private final MigrationSpec spec;

        Resumable(MigrationSpec spec) {
            this.spec = spec;
        }

        @Override
        public void migrate(MigrationContext context) throws Exception {
            work(spec, context.lastCheckpoint().map(Integer::parseInt).orElse(0), context);
        }
    }

    private final class Definition implements MigrationDefinition {
        private final MigrationSpec spec;

        Definition(MigrationSpec spec) {
            this.spec = spec;
        }

        @Override
        public MigrationId id() {
            return MigrationId.of(spec.id());
        }

        @Override
        public String name() {
            return "M" + spec.id();
        }

        @Override
        public boolean rerunnable() {
            return spec.type() == MigrationSpec.Type.RERUNNABLE;
        }

        @Override
        public String origin() {
            return "round";
        }

        @Override
        public Class<? extends MigrationAction> type() {
            return spec.type() == MigrationSpec.Type.RESUMABLE ? Resumable.class : Plain.class;
        }

        @Override
        public MigrationAction action() {
            return spec.type() == MigrationSpec.Type.RESUMABLE ? new Resumable(spec) : new Plain(spec);
        }
    }
}
