package dev.migrate.spring.proxy;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.ResumableAction;
import dev.migrate.spring.transaction.TransactionSupport;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** Refuses annotations that give the call of an action another meaning, also inherited and composed ones. */
public final class AnnotationValidator {

    private static final List<String> ASYNC = List.of(
            "org.springframework.scheduling.annotation.Async",
            "jakarta.ejb.Asynchronous",
            "jakarta.enterprise.concurrent.Asynchronous");

    private AnnotationValidator() {}

    /**
     * Checks a class. It is not initialised.
     *
     * @param type the class, or the type that a method declares
     * @return the class
     * @throws MigrationDefinitionException if an annotation is refused
     */
    public static Class<? extends MigrationAction> check(Class<? extends MigrationAction> type) {
        for (Method method : ActionMethods.of(type)) {
            for (String annotation : ASYNC) {
                if (isPresent(method, annotation) || isPresent(type, annotation)) {
                    throw refused(
                            type,
                            "has @" + annotation.substring(annotation.lastIndexOf('.') + 1) + " on " + method.getName()
                                    + "()" + ", so the call would return before the work has ended",
                            "Remove the annotation. Migrate runs each migration on a thread of its own and waits for"
                                    + " its end.");
                }
            }
        }
        if (ResumableAction.class.isAssignableFrom(type)
                && TransactionSupport.isTransactional(type, ActionMethods.migrate(type))) {
            throw refused(
                    type,
                    "is resumable, but @Transactional puts its whole work into one transaction, so no checkpoint"
                            + " takes effect before the end",
                    "Remove @Transactional, and let a TransactionTemplate run each chunk with its checkpoint.");
        }
        return type;
    }

    private static boolean isPresent(AnnotatedElement element, String annotation) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).isPresent(annotation);
    }

    static MigrationDefinitionException refused(Class<?> type, String fault, String action) {
        return new MigrationDefinitionException("The migration " + type.getName() + " " + fault + ".", action);
    }
}
