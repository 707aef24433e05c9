package dev.migrate.testapp.unmakeable;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;

/** Its constructor fails. */
@Migration("0031")
class Unmakeable implements MigrationAction {

    Unmakeable() {
        throw new IllegalStateException("no such part");
    }

    @Override
    public void migrate() {}
}
