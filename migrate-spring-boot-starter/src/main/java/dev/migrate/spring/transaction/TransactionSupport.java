package dev.migrate.spring.transaction;

import dev.migrate.MigrationContext;
import java.lang.reflect.Method;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.util.ClassUtils;

/** What the transactions of Spring change, in an application that has spring-tx; otherwise nothing. */
public final class TransactionSupport {

    private static final boolean PRESENT = ClassUtils.isPresent(
            "org.springframework.transaction.support.TransactionSynchronizationManager",
            TransactionSupport.class.getClassLoader());

    private TransactionSupport() {}

    /** A context whose checkpoints take effect at the commit of the transaction that they are saved in. */
    public static MigrationContext contextFor(MigrationContext context) {
        return PRESENT ? new TransactionalMigrationContext(context) : context;
    }

    /** Whether an annotation lets Spring intercept a method for transactions, whatever their propagation. */
    public static boolean isAdvised(Class<?> type, Method method) {
        return PRESENT && Attributes.SOURCE.getTransactionAttribute(method, type) != null;
    }

    /** Whether an annotation lets a method run in a transaction. */
    public static boolean isTransactional(Class<?> type, Method method) {
        return PRESENT && Attributes.areTransactional(method, type);
    }

    /** Loaded only where spring-tx is present. */
    private static final class Attributes {

        static final TransactionAttributeSource SOURCE = new AnnotationTransactionAttributeSource(false);

        static boolean areTransactional(Method method, Class<?> type) {
            TransactionAttribute attribute = SOURCE.getTransactionAttribute(method, type);
            return attribute != null
                    && switch (attribute.getPropagationBehavior()) {
                        case TransactionDefinition.PROPAGATION_SUPPORTS,
                                TransactionDefinition.PROPAGATION_NOT_SUPPORTED,
                                TransactionDefinition.PROPAGATION_NEVER -> false;
                        default -> true;
                    };
        }
    }
}
