package dev.migrate.chaos;

import java.util.List;

/**
 * What a process runs.
 *
 * @param deployment its name
 * @param migrations the migrations it has
 */
record Build(String deployment, List<MigrationSpec> migrations) {

    Build {
        migrations = List.copyOf(migrations);
    }

    /** Whether this build says of a migration that it may start again when it did not end. */
    boolean restarts(String id) {
        return migrations.stream()
                .anyMatch(spec -> spec.id().equals(id) && spec.type().restartable());
    }

    @Override
    public String toString() {
        return deployment + "[" + MigrationSpec.write(migrations) + "]";
    }
}
