package dev.migrate.testworker;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.testapp.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.env.Environment;

/** Works until a file appears. */
@Migration("0041")
record UntilTold(Environment environment) implements MigrationAction {

    @Override
    public void migrate() throws InterruptedException {
        Trace trace = new Trace(environment);
        trace.add("begun");
        Path file = Path.of(environment.getRequiredProperty("test.until"));
        while (!Files.exists(file)) {
            Thread.sleep(20);
        }
        trace.add("done");
    }
}
