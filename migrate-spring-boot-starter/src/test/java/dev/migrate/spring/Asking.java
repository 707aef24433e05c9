package dev.migrate.spring;

import dev.migrate.MigrationAction;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/** Asks for every action to be injected. */
class Asking {

    final List<MigrationAction> actions;

    Asking(ObjectProvider<MigrationAction> actions) {
        this.actions = actions.stream().toList();
    }
}
