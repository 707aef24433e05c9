package dev.migrate.spring.discovery;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.spring.StartupContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The migrations of the application for all environments, and the skipped declarations. */
public final class MigrationRegistry {

    private static final Logger log = LoggerFactory.getLogger(MigrationRegistry.class);

    private final List<BeanMigrationDefinition> migrations = new ArrayList<>();
    private final List<StartupContext.Ignored> ignored = new ArrayList<>();

    void add(BeanMigrationDefinition migration) {
        migrations.add(migration);
        for (String pattern : migration.declaration().impossibleEnvironments()) {
            log.warn(
                    "Migration {} declares the environment '{}', which is not a valid environment name and never"
                            + " matches. A pattern is a name, or a prefix followed by *.",
                    migration.origin(),
                    pattern);
        }
    }

    void ignore(String number, String origin) {
        ignored.add(new StartupContext.Ignored(number, origin));
        log.warn(
                "Migration {} is skipped: '{}' is not a sequence number. A sequence number has 4 to 18 digits, such"
                        + " as 0003.",
                origin,
                number);
    }

    public List<StartupContext.Ignored> ignored() {
        return List.copyOf(ignored);
    }

    /**
     * Returns the migrations of an environment, ordered by sequence number.
     *
     * @throws MigrationDefinitionException if two of them have the same number
     */
    public List<BeanMigrationDefinition> of(EnvironmentName environment) {
        Map<MigrationId, BeanMigrationDefinition> byNumber = new HashMap<>();
        List<BeanMigrationDefinition> selected = migrations.stream()
                .filter(migration -> migration.declaration().isFor(environment))
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
        for (BeanMigrationDefinition migration : selected) {
            BeanMigrationDefinition duplicate = byNumber.putIfAbsent(migration.id(), migration);
            if (duplicate != null) {
                throw new MigrationDefinitionException(
                        "Two migrations have the number " + duplicate.id() + " in the environment " + environment + ": "
                                + duplicate.origin() + " and " + migration.origin() + ".",
                        "Give the one that no environment has applied yet the next free number.");
            }
        }
        return selected;
    }
}
