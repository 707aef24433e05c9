package dev.migrate.spring;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.run.MigrationDefinition;
import java.util.function.Supplier;
import org.springframework.beans.factory.BeanFactory;

/** A migration of the application: known by its declaration, with class and bean left alone until they are needed. */
final class DeclaredMigration implements MigrationDefinition {

    private final Declaration declaration;
    private final String beanName;
    private final Supplier<Class<? extends MigrationAction>> type;
    private final BeanFactory beans;

    DeclaredMigration(
            Declaration declaration,
            String beanName,
            Supplier<Class<? extends MigrationAction>> type,
            BeanFactory beans) {
        this.declaration = declaration;
        this.beanName = beanName;
        this.type = type;
        this.beans = beans;
    }

    Declaration declaration() {
        return declaration;
    }

    @Override
    public MigrationId id() {
        return declaration.id();
    }

    @Override
    public String name() {
        return declaration.name();
    }

    @Override
    public boolean rerunnable() {
        return declaration.rerunnable();
    }

    @Override
    public String origin() {
        return declaration.origin();
    }

    @Override
    public Class<? extends MigrationAction> type() {
        return type.get();
    }

    @Override
    public MigrationAction action() {
        return beans.getBean(beanName, MigrationAction.class);
    }

    @Override
    public String toString() {
        return beanName + " (" + declaration.origin() + ")";
    }
}
