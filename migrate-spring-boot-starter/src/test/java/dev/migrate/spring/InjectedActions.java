package dev.migrate.spring;

import dev.migrate.MigrationAction;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/** Asks for every action to be injected. */
public class InjectedActions {

    public final List<MigrationAction> actions;

    InjectedActions(ObjectProvider<MigrationAction> actions) {
        this.actions = actions.stream().toList();
    }
}
