package dev.migrate.spring.metrics;

import static dev.migrate.spring.metrics.MigrationMetricKeys.ATTEMPT_NUMBER;
import static dev.migrate.spring.metrics.MigrationMetricKeys.DEPLOYMENT;
import static dev.migrate.spring.metrics.MigrationMetricKeys.ENVIRONMENT;
import static dev.migrate.spring.metrics.MigrationMetricKeys.KIND;
import static dev.migrate.spring.metrics.MigrationMetricKeys.MIGRATION_NUMBER;
import static dev.migrate.spring.metrics.MigrationMetricKeys.OUTCOME;

import java.util.List;

/**
 * Every meter and observation of this library.
 *
 * <p>No meter is tagged with the number of its migration. A meter has to stand at zero before something happens, or
 * what counts increases misses the first time, and of something that is done once there is no second. For each outcome
 * it can stand there; for migrations that nobody has written yet it cannot. Since one migration runs at a time, in
 * order, the health contributor, the log and the span say which one it was.
 *
 * @since 0.1
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are
public enum MigrationMetrics {

    /** How long attempts took. */
    MIGRATION(
            "migrate.migration",
            Type.TIMER,
            "Attempts of this process that ended, and how long each took, from the start of the action to the receipt or the"
                    + " verdict",
            ENVIRONMENT,
            OUTCOME),

    /** The attempt that runs. */
    MIGRATION_ACTIVE(
            "migrate.migration.active",
            Type.LONG_TASK_TIMER,
            "The attempt that this process runs now, and for how long it has",
            ENVIRONMENT),

    /** How long this process waited for others. */
    WAIT(
            "migrate.wait",
            Type.TIMER,
            "Waits of this process, for another one that ran a migration, and how long each took",
            ENVIRONMENT),

    /** The wait that lasts. */
    WAIT_ACTIVE(
            "migrate.wait.active",
            Type.LONG_TASK_TIMER,
            "The wait of this process for another one, and for how long it has lasted",
            ENVIRONMENT),

    /** What is pending. */
    PENDING(
            "migrate.pending",
            Type.GAUGE,
            "Migrations that this start has still to see applied; not a number until the ledger was read",
            ENVIRONMENT),

    /** What is applied. */
    APPLIED(
            "migrate.applied",
            Type.GAUGE,
            "Migrations that the ledger holds as applied, as far as this process knows; not a number until it was read",
            ENVIRONMENT),

    /** Whether the start is blocked. */
    BLOCKED(
            "migrate.blocked",
            Type.GAUGE,
            "1 while a verdict, or a ledger that refuses, is in the way of this start; otherwise 0",
            ENVIRONMENT),

    /** Whether the ledger can be reached. */
    LEDGER_UNREACHABLE(
            "migrate.ledger.unreachable",
            Type.GAUGE,
            "1 while this start cannot reach its ledger, and asks again; otherwise 0",
            ENVIRONMENT),

    /** Which attempt it is. */
    ATTEMPT(
            "migrate.attempt",
            Type.GAUGE,
            "The number of the attempt that runs, here or elsewhere, or that blocks this start, as the ledger counts the"
                    + " attempts of one migration; otherwise 0",
            ENVIRONMENT),

    /** How often this process took over. */
    TAKEOVERS(
            "migrate.takeovers",
            Type.COUNTER,
            "How often the lease of another owner ran out while this process watched",
            ENVIRONMENT),

    /** One span for each action. */
    ACTION(
            "migrate.action",
            Type.OBSERVATION,
            "An action, in whose scope all runs that it calls",
            ENVIRONMENT,
            KIND,
            MIGRATION_NUMBER,
            ATTEMPT_NUMBER,
            DEPLOYMENT);

    /** What a signal is. */
    public enum Type {
        /** Counts and times what has ended. */
        TIMER,
        /** Times what has not ended yet. */
        LONG_TASK_TIMER,
        /** Goes up and down. */
        GAUGE,
        /** Goes up. */
        COUNTER,
        /** Becomes a span where traces are kept, and a timer and a long task timer where meters are kept too. */
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
     * The name.
     *
     * @return the name, in the form of Micrometer
     */
    public String id() {
        return id;
    }

    /**
     * What it is.
     *
     * @return the type
     */
    public Type type() {
        return type;
    }

    /**
     * What it measures.
     *
     * @return a sentence without its full stop
     */
    public String description() {
        return description;
    }

    /**
     * The keys of its tags, or of its key values.
     *
     * @return the keys, in order
     */
    public List<MigrationMetricKeys> keys() {
        return keys;
    }

    /**
     * The base unit, in which a registry may not export: Prometheus takes seconds, others milliseconds.
     *
     * @return the unit; empty for what is a plain number
     */
    public String baseUnit() {
        return type == Type.GAUGE || type == Type.COUNTER ? "" : "seconds";
    }
}
