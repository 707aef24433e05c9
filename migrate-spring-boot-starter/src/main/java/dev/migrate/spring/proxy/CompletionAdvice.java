package dev.migrate.spring.proxy;

import dev.migrate.MigrationAction;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;

/**
 * Notices a proxy that returns although the action behind it has not ended: such as one that hands the action to
 * another thread. One advice is the first of the proxy, one the last; the first compares what the last has seen.
 */
public final class CompletionAdvice {

    private static final Set<String> METHODS = Set.of("migrate", "revert");

    private final String origin;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    private CompletionAdvice(String origin) {
        this.origin = origin;
    }

    /**
     * Watches the calls of an action. An action that is no proxy cannot return too early, and is left alone.
     *
     * @param action the action, perhaps a proxy of it
     * @param origin where the migration is declared
     */
    public static void watch(MigrationAction action, String origin) {
        if (action instanceof Advised first) {
            Advised last = innermost(first);
            if (!first.isFrozen() && !last.isFrozen()) {
                var completion = new CompletionAdvice(origin);
                first.addAdvice(0, (MethodInterceptor) completion::aroundProxy);
                last.addAdvice((MethodInterceptor) completion::aroundTarget);
            }
        }
    }

    /** A proxy may stand before another one. */
    private static Advised innermost(Advised proxy) {
        Advised at = proxy;
        while (targetOf(at) instanceof Advised next) {
            at = next;
        }
        return at;
    }

    private static @Nullable Object targetOf(Advised proxy) {
        TargetSource source = proxy.getTargetSource();
        try {
            return source.isStatic() ? source.getTarget() : null;
        } catch (Exception e) {
            throw new IllegalStateException("The target of a proxy cannot be had", e);
        }
    }

    private @Nullable Object aroundTarget(MethodInvocation call) throws Throwable {
        if (!METHODS.contains(call.getMethod().getName())) {
            return call.proceed();
        }
        begun.incrementAndGet();
        try {
            return call.proceed();
        } finally {
            ended.incrementAndGet();
        }
    }

    private @Nullable Object aroundProxy(MethodInvocation call) throws Throwable {
        String method = call.getMethod().getName();
        int before = begun.get();
        Object result = call.proceed();
        if (METHODS.contains(method) && (begun.get() == before || ended.get() != begun.get())) {
            throw new IllegalStateException("An advice on the migration " + origin + " returned before " + method
                    + "() had ended: the method has not run, or runs on another thread."
                    + " Let the advice wait for its end, or exclude the migration from the advice");
        }
        return result;
    }
}
