package dev.migrate.spring.metrics;

import java.util.List;

/**
 * The tag keys of the meters and the key names of the observation.
 *
 * @since 0.1
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are immutable
public enum MigrationMetricKeys {

    /** The name of the environment. */
    ENVIRONMENT("environment", true, "the environment, such as odin-dev; one per process"),

    /** How an attempt ended. */
    OUTCOME("outcome", true, "how the attempt ended", MetricOutcome.all()),

    /** Whether the action applies or reverts. */
    KIND("kind", true, "whether the action applies or reverts the migration", "migrate", "revert"),

    /** The sequence number of the migration. */
    MIGRATION_NUMBER("migration", false, "the sequence number, such as 0003"),

    /** The number of the attempt. */
    ATTEMPT_NUMBER("attempt", false, "the number of the attempt, from 1"),

    /** The deployment. */
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
     * Returns the key.
     *
     * @return the key, in Micrometer's naming convention
     */
    public String id() {
        return id;
    }

    /**
     * Tells whether the key has few values. Only such a key is a tag of meters; the others are on spans only.
     *
     * @return true if the key is also on meters
     */
    public boolean lowCardinality() {
        return lowCardinality;
    }

    /**
     * Returns the description.
     *
     * @return a phrase without a full stop
     */
    public String description() {
        return description;
    }

    /**
     * Returns the possible values.
     *
     * @return the values; empty if they are not known in advance
     */
    public List<String> possible() {
        return possible;
    }
}
