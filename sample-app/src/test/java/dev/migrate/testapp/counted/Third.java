package dev.migrate.testapp.counted;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.testapp.Trace;
import org.springframework.core.env.Environment;

@Migration("0013")
record Third(Environment environment) implements MigrationAction {

    @Override
    public void migrate() {
        new Trace(environment).add("0013");
    }
}
