package dev.migrate.spring.metrics;

import static dev.migrate.spring.metrics.MigrationMetricKeys.ATTEMPT_NUMBER;
import static dev.migrate.spring.metrics.MigrationMetricKeys.DEPLOYMENT;
import static dev.migrate.spring.metrics.MigrationMetricKeys.ENVIRONMENT;
import static dev.migrate.spring.metrics.MigrationMetricKeys.KIND;
import static dev.migrate.spring.metrics.MigrationMetricKeys.MIGRATION_NUMBER;
import static dev.migrate.spring.metrics.MigrationMetricKeys.OUTCOME;

import java.util.List;

/**
 * The meters and the observation of this library.
 *
 * <p>No meter has the migration's number as a tag. A monitoring system detects an increase only if the meter existed at
 * zero before, and a migration runs once, so a meter per migration would appear at one and never change. The health
 * contributor, the log and the span name the migration; only one runs at a time.
 *
 * @since 0.1
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are immutable
public enum MigrationMetrics {

    /** Ended attempts and their duration. */
    MIGRATION(
            "migrate.migration",
            Type.TIMER,
            "Ended attempts of this process and their duration, from the start of the action to the receipt or the"
                    + " verdict",
            ENVIRONMENT,
            OUTCOME),

    /** The running attempt. */
    MIGRATION_ACTIVE(
            "migrate.migration.active",
            Type.LONG_TASK_TIMER,
            "The running attempt of this process and its duration so far",
            ENVIRONMENT),

    /** Waits for other processes and their duration. */
    WAIT(
            "migrate.wait",
            Type.TIMER,
            "Ended waits of this process for another one that ran a migration, and their duration",
            ENVIRONMENT),

    /** The current wait. */
    WAIT_ACTIVE(
            "migrate.wait.active",
            Type.LONG_TASK_TIMER,
            "The current wait of this process for another one and its duration so far",
            ENVIRONMENT),

    /** The number of pending migrations. */
    PENDING(
            "migrate.pending",
            Type.GAUGE,
            "Migrations that are not yet applied, as far as this process knows; NaN until the ledger is read",
            ENVIRONMENT),

    /** The number of applied migrations. */
    APPLIED(
            "migrate.applied",
            Type.GAUGE,
            "Migrations that are applied, as far as this process knows; NaN until the ledger is read",
            ENVIRONMENT),

    /** Whether the startup is blocked. */
    BLOCKED(
            "migrate.blocked",
            Type.GAUGE,
            "1 while a verdict or a ledger that refuses access blocks this startup; otherwise 0",
            ENVIRONMENT),

    /** Whether the ledger is unreachable. */
    LEDGER_UNREACHABLE(
            "migrate.ledger.unreachable",
            Type.GAUGE,
            "1 while the ledger is unreachable and this startup retries; otherwise 0",
            ENVIRONMENT),

    /** The number of the running or blocking attempt. */
    ATTEMPT(
            "migrate.attempt",
            Type.GAUGE,
            "The number of the attempt that runs in this or another process, or that blocks this startup, counted"
                    + " per migration in the ledger; otherwise 0",
            ENVIRONMENT),

    /** The number of takeovers. */
    TAKEOVERS(
            "migrate.takeovers",
            Type.COUNTER,
            "How often this process saw the lease of another owner expire",
            ENVIRONMENT),

    /** The observation of an action. */
    ACTION(
            "migrate.action",
            Type.OBSERVATION,
            "An action, including all calls that it makes",
            ENVIRONMENT,
            KIND,
            MIGRATION_NUMBER,
            ATTEMPT_NUMBER,
            DEPLOYMENT);

    /** The type of a metric. */
    public enum Type {
        /** Counts and times ended activities. */
        TIMER,
        /** Times running activities. */
        LONG_TASK_TIMER,
        /** A value that can increase and decrease. */
        GAUGE,
        /** A value that only increases. */
        COUNTER,
        /**
         * An observation, which becomes a span with tracing, and a timer and a long task timer with a meter registry.
         */
        OBSERVATION
    }

    private final String id;
    private final Type type;
    private final String description;
    private final List<MigrationMetricKeys> keys;

    MigrationMetrics(String id, Type type, String description, MigrationMetricKeys... keys) {
        this.id = id;
        this.type = type;
        this.description = description;
        this.keys = List.of(keys);
    }

    /**
     * Returns the name.
     *
     * @return the name, in Micrometer's naming convention
     */
    public String id() {
        return id;
    }

    /**
     * Returns the type.
     *
     * @return the type
     */
    public Type type() {
        return type;
    }

    /**
     * Returns the description.
     *
     * @return a sentence without its full stop
     */
    public String description() {
        return description;
    }

    /**
     * Returns the keys of its tags or key values.
     *
     * @return the keys, in order
     */
    public List<MigrationMetricKeys> keys() {
        return keys;
    }

    /**
     * Returns the base unit. A registry may convert it: Prometheus exports seconds, others milliseconds.
     *
     * @return the unit; empty for a plain number
     */
    public String baseUnit() {
        return type == Type.GAUGE || type == Type.COUNTER ? "" : "seconds";
    }
}
