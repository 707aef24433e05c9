package dev.migrate.spring.metrics;

import java.util.List;

/**
 * A key of a tag of a meter, or of a key value of an observation.
 *
 * @since 0.1
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are
public enum MigrationMetricKeys {

    /** The environment. */
    ENVIRONMENT("environment", true, "the environment, such as odin-dev; a process has one"),

    /** How an attempt ended. */
    OUTCOME("outcome", true, "how it ended", MetricOutcome.all()),

    /** Forwards or back. */
    KIND("kind", true, "whether it is done or reverted", "migrate", "revert"),

    /** Which migration. */
    MIGRATION_NUMBER("migration", false, "the sequence number, such as 0003"),

    /** Which attempt. */
    ATTEMPT_NUMBER("attempt", false, "the number of the attempt, from 1"),

    /** Which build. */
    DEPLOYMENT("deployment", false, "the build that runs, such as an image digest, or unknown");

    private final String id;
    private final boolean lowCardinality;
    private final String description;
    private final List<String> possible;

    MigrationMetricKeys(String id, boolean lowCardinality, String description, String... possible) {
        this.id = id;
        this.lowCardinality = lowCardinality;
        this.description = description;
        this.possible = List.of(possible);
    }

    /**
     * The key.
     *
     * @return the key, in the form of Micrometer
     */
    public String id() {
        return id;
    }

    /**
     * Whether it has few values, and so is on meters too; otherwise on spans alone.
     *
     * @return whether it may be a tag
     */
    public boolean lowCardinality() {
        return lowCardinality;
    }

    /**
     * What it says.
     *
     * @return a part of a sentence
     */
    public String description() {
        return description;
    }

    /**
     * All that it can say.
     *
     * @return the values; empty where they are not known beforehand
     */
    public List<String> possible() {
        return possible;
    }
}
