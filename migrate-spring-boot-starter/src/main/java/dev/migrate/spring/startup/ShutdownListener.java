package dev.migrate.spring.startup;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Stops the run before the context stops its beans, so that a running action can use them until its shutdown grace ends
 * and its verdict is written.
 */
public record ShutdownListener(ApplicationContext context, MigrationStartup startup)
        implements ApplicationListener<ContextClosedEvent>, PriorityOrdered {

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) { // not a child, such as that of the management port
            startup.stop();
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
