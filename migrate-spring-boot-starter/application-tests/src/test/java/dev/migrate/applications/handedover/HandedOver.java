package dev.migrate.applications.handedover;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.annotation.Transactional;

/** Advice of an application that calls the action on another thread, or not at all. */
@Configuration(proxyBeanMethods = false)
public class HandedOver {

    /** Lets the actions end that wait on another thread. */
    static volatile CountDownLatch testHasEnded = new CountDownLatch(1);

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface OnAnotherThread {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Awaited {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Skipped {}

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor onAnotherThread() {
        MethodInterceptor advice = call -> {
            inThread(call::proceed);
            return null;
        };
        return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forClassAnnotation(OnAnotherThread.class), advice);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor awaited() {
        MethodInterceptor advice = call -> {
            inThread(call::proceed).join();
            return null;
        };
        return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forClassAnnotation(Awaited.class), advice);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor skipped() {
        MethodInterceptor advice = call -> null;
        return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forClassAnnotation(Skipped.class), advice);
    }

    private interface Work {
        void run() throws Throwable;
    }

    private static Thread inThread(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @OnAnotherThread
    @Migration(value = "0001", environments = "another-thread")
    static class Background implements MigrationAction {
        @Override
        public void migrate() throws InterruptedException {
            testHasEnded.await(1, TimeUnit.MINUTES);
        }
    }

    @Skipped
    @Migration(value = "0001", environments = "skipped")
    static class NeverCalled implements MigrationAction {
        @Override
        public void migrate() {}
    }

    @Awaited
    @Migration(value = "0001", environments = "awaited")
    static class Joined implements MigrationAction {
        @Override
        public void migrate() {}
    }

    /** Its class is known only when it is made. */
    @Bean
    @Migration(value = "0001", environments = "bean-method")
    static MigrationAction ofMethod() {
        return new Background();
    }

    static class AsyncAction implements MigrationAction {
        @Async
        @Override
        public void migrate() {}
    }

    static class FinalAction implements MigrationAction {
        @Transactional
        @Override
        public final void migrate() {}
    }

    @Bean
    @Migration(value = "0001", environments = "async-of-method")
    static MigrationAction asyncOfMethod() {
        return new AsyncAction();
    }

    @Bean
    @Migration(value = "0001", environments = "final-of-method")
    static MigrationAction finalOfMethod() {
        return new FinalAction();
    }
}
