package dev.migrate.testapp.failing;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.testapp.Trace;
import org.springframework.core.env.Environment;

/** Fails, until a deployment comes with {@code test.mended=true}. */
@Migration("0005")
record Throws(Environment environment) implements MigrationAction {

    @Override
    public void migrate() {
        new Trace(environment).add("0005");
        if (!environment.getProperty("test.mended", boolean.class, false)) {
            throw new IllegalStateException("the paint is still wet");
        }
    }
}
