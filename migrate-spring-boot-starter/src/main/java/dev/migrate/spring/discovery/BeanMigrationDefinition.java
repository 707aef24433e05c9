package dev.migrate.spring.discovery;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.listener.Attempt;
import dev.migrate.spring.ActionInterceptor;
import dev.migrate.spring.proxy.CompletionAdvice;
import dev.migrate.spring.proxy.ProxyValidator;
import dev.migrate.spring.transaction.TransactionSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.NestedExceptionUtils;

/** A migration of the application. Its class is loaded and its bean created only when needed. */
public final class BeanMigrationDefinition implements MigrationDefinition {

    private final MigrationMetadata declaration;
    private final String beanName;
    private final Supplier<Class<? extends MigrationAction>> type;
    private final BeanFactory beans;
    private final @Nullable Interception interception;
    private volatile @Nullable Class<? extends MigrationAction> loaded;

    /** The interceptor and the environment it is called with. */
    private record Interception(EnvironmentName environment, ActionInterceptor interceptor) {}

    BeanMigrationDefinition(
            MigrationMetadata declaration,
            String beanName,
            Supplier<Class<? extends MigrationAction>> type,
            BeanFactory beans) {
        this(declaration, beanName, type, beans, null);
    }

    private BeanMigrationDefinition(
            MigrationMetadata declaration,
            String beanName,
            Supplier<Class<? extends MigrationAction>> type,
            BeanFactory beans,
            @Nullable Interception interception) {
        this.declaration = declaration;
        this.beanName = beanName;
        this.type = type;
        this.beans = beans;
        this.interception = interception;
    }

    /** Returns a copy that calls the interceptor around the action. */
    public BeanMigrationDefinition in(EnvironmentName environment, ActionInterceptor interceptor) {
        return new BeanMigrationDefinition(
                declaration, beanName, type, beans, new Interception(environment, interceptor));
    }

    MigrationMetadata declaration() {
        return declaration;
    }

    String beanName() {
        return beanName;
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
        // Resolved once: after the bean exists, Spring may report a more specific class.
        Class<? extends MigrationAction> known = loaded;
        if (known == null) {
            known = type.get();
            loaded = known;
        }
        return known;
    }

    @Override
    public MigrationAction action() {
        MigrationAction action = create();
        if (action instanceof ResumableAction && !ResumableAction.class.isAssignableFrom(type())) {
            throw new MigrationDefinitionException(
                    "The migration " + declaration.origin() + " returns a ResumableAction, but is declared to return a "
                            + type().getSimpleName() + ", so it could not resume after a crash.",
                    "Declare the method to return a dev.migrate.ResumableAction.");
        }
        ProxyValidator.checkObject(action);
        CompletionAdvice.watch(action, declaration.origin());
        return action;
    }

    @Override
    public MigrationContext contextFor(MigrationContext context) {
        return TransactionSupport.contextFor(context);
    }

    /** The chain of exceptions that Spring throws repeats itself; the root cause says what to do. */
    private MigrationAction create() {
        try {
            return beans.getBean(beanName, MigrationAction.class);
        } catch (BeansException e) {
            Throwable root = NestedExceptionUtils.getMostSpecificCause(e);
            if (root instanceof MigrationDefinitionException wrong) {
                throw wrong;
            }
            var failure = new MigrationDefinitionException(
                    "The migration " + declaration.origin() + " cannot be created: " + root,
                    "Correct the class, or add the missing bean.",
                    root);
            if (e != root) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    @Override
    public void intercept(Attempt attempt, ActionCall action) throws Exception {
        if (interception == null) {
            action.run();
        } else {
            interception.interceptor().intercept(interception.environment(), attempt, action);
        }
    }

    @Override
    public String toString() {
        return beanName + " (" + declaration.origin() + ")";
    }
}
