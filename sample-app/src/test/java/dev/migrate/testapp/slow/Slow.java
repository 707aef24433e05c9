package dev.migrate.testapp.slow;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.testapp.Trace;
import java.util.concurrent.CountDownLatch;
import org.springframework.core.env.Environment;

/** Begins and never ends. */
@Migration("0021")
record Slow(Environment environment) implements MigrationAction {

    @Override
    public void migrate() throws InterruptedException {
        new Trace(environment).add("begun");
        new CountDownLatch(1).await();
    }
}
