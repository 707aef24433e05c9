package dev.migrate.testapp.seen;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.ResumableAction;
import dev.migrate.testapp.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.env.Environment;

/** Five, of which one is slow and one fails until a deployment comes with {@code test.mended=true}. */
final class SeenMigrations {

    private SeenMigrations() {}

    /** Leaves its number. */
    abstract static class Quick implements MigrationAction {
        private final Trace trace;

        Quick(Environment environment) {
            this.trace = new Trace(environment);
        }

        @Override
        public void migrate() {
            trace.add(getClass().getAnnotation(Migration.class).value());
        }
    }

    @Migration("0051")
    static class Begin extends Quick {
        Begin(Environment environment) {
            super(environment);
        }
    }

    /** Goes on until there is the file of {@code test.until}. */
    @Migration("0052")
    record Slow(Environment environment) implements ResumableAction {
        @Override
        public void migrate(MigrationContext context) throws InterruptedException {
            Path until = Path.of(environment.getRequiredProperty("test.until"));
            for (int done = 0; !Files.exists(until); done++) {
                context.reportProgress(done, 1_000_000);
                Thread.sleep(10);
            }
            new Trace(environment).add("0052");
        }
    }

    @Migration("0053")
    record Broken(Environment environment) implements MigrationAction {
        @Override
        public void migrate() {
            if (!environment.getProperty("test.mended", boolean.class, false)) {
                throw new IllegalStateException("no such car, password=hunter2");
            }
            new Trace(environment).add("0053");
        }
    }

    @Migration("0054")
    static class Next extends Quick {
        Next(Environment environment) {
            super(environment);
        }
    }

    @Migration("0055")
    static class Last extends Quick {
        Last(Environment environment) {
            super(environment);
        }
    }
}
