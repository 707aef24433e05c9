package dev.migrate.spring.startup;

import dev.migrate.spring.fixtures.ExecutedActions;
import org.springframework.context.SmartLifecycle;

/** Is named as the listener containers of Kafka, Rabbit, JMS and SQS are, and starts in the phase that is given. */
class TestMessageListenerContainer implements SmartLifecycle {

    private final int phase;
    private volatile boolean running;

    TestMessageListenerContainer(int phase) {
        this.phase = phase;
    }

    @Override
    public void start() {
        running = true;
        ExecutedActions.note("listener");
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
