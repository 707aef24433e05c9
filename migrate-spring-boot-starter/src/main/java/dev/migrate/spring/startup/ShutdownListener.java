package dev.migrate.spring.startup;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Ends the run before anything of the context stops, so that a running action keeps the beans that it uses until its
 * grace is over and its verdict is written.
 */
public record ShutdownListener(ApplicationContext context, MigrationStartup startup)
        implements ApplicationListener<ContextClosedEvent>, PriorityOrdered {

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) { // a child, such as that of the management port, closes alone
            startup.stop();
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
