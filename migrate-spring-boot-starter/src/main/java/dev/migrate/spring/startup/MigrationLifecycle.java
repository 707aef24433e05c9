package dev.migrate.spring.startup;

import dev.migrate.spring.MigrateProperties.StartPhase;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the migrations for {@code migrate.start=early} or {@code migrate.start=web}, while the context starts its
 * lifecycle beans. On shutdown, {@link #start} throws, so the refresh fails and the context closes.
 */
public final class MigrationLifecycle implements SmartLifecycle {

    /**
     * Spring Boot starts the web server in phase {@code MAX_VALUE - 2048} and a separate management server in phase
     * {@code MAX_VALUE - 1536}. Message listeners follow: those of Spring Cloud Stream from {@code MAX_VALUE - 1000},
     * of Kafka in {@code MAX_VALUE - 100}, of SQS, JMS and Rabbit in {@code MAX_VALUE}, as Quartz does.
     */
    private static final int AFTER_WEB_SERVERS = Integer.MAX_VALUE - 1500;

    private final MigrationStartup startup;
    private final ApplicationContext context;
    private final StartPhase startPhase;
    private final int phase;
    private volatile boolean running;

    private MigrationLifecycle(MigrationStartup startup, ApplicationContext context, StartPhase startPhase, int phase) {
        this.startup = startup;
        this.context = context;
        this.startPhase = startPhase;
        this.phase = phase;
    }

    /** Before every other lifecycle bean, such as the web server, schedulers and message listeners. */
    public static MigrationLifecycle early(MigrationStartup startup, ApplicationContext context) {
        return new MigrationLifecycle(startup, context, StartPhase.EARLY, Integer.MIN_VALUE);
    }

    /** After the web servers listen, and before schedulers and message listeners. */
    public static MigrationLifecycle web(MigrationStartup startup, ApplicationContext context) {
        return new MigrationLifecycle(startup, context, StartPhase.WEB, AFTER_WEB_SERVERS);
    }

    @Override
    public void start() {
        running = true;
        if (startPhase == StartPhase.WEB && startup.runsIn(startPhase)) {
            // Spring Boot publishes both only after the refresh. Until then, liveness would report DOWN.
            AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        }
        startup.launch(startPhase);
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
