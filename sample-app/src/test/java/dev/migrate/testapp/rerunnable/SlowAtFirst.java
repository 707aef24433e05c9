package dev.migrate.testapp.rerunnable;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.testapp.Trace;
import java.util.concurrent.CountDownLatch;
import org.springframework.core.env.Environment;

/** Never ends when it is started for the first time; ends at once when it is started again. */
@Migration(value = "0031", rerunnable = true)
record SlowAtFirst(Environment environment) implements MigrationAction {

    @Override
    public void migrate() throws InterruptedException {
        Trace trace = new Trace(environment);
        trace.add("begun");
        if (trace.lines().size() == 1) {
            new CountDownLatch(1).await();
        }
        trace.add("done");
    }
}
