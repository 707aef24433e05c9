package dev.migrate.spring.discovery;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.spring.StartupContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.Order;

/** The migrations of the application for all environments, and the skipped declarations. */
public final class MigrationRegistry {

    private static final Logger log = LoggerFactory.getLogger(MigrationRegistry.class);

    private final List<BeanMigrationDefinition> migrations = new ArrayList<>();
    private final Map<String, BeanMigrationDefinition> scanned = new HashMap<>();
    private final List<StartupContext.Ignored> ignored = new ArrayList<>();
    private List<String> packages = List.of();

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

    /** Adds a migration found by the scan of a package. */
    void addScanned(BeanMigrationDefinition migration) {
        scanned.put(migration.origin(), migration);
        add(migration);
    }

    /** Removes a migration found by the scan. Returns the name of its bean. */
    Optional<String> removeScanned(String className) {
        BeanMigrationDefinition removed = scanned.remove(className);
        if (removed == null) {
            return Optional.empty();
        }
        migrations.remove(removed);
        return Optional.of(removed.beanName());
    }

    boolean contains(String beanName) {
        return migrations.stream().anyMatch(migration -> migration.beanName().equals(beanName));
    }

    void searched(List<String> packages) {
        this.packages = List.copyOf(packages);
    }

    void warnOfMissingAnnotation(String action) {
        log.warn(
                "The {} is a MigrationAction without @Migration and never runs as a migration. Annotate the class with"
                        + " @Migration. A @Bean method that returns it must declare this class, or have the annotation"
                        + " itself.",
                action);
    }

    /** The number alone orders migrations, as in the ledger. */
    void warnOfOrder(MergedAnnotations annotations, String origin) {
        if (annotations.isPresent(Order.class)) {
            log.warn(
                    "Migration {} has @Order, which has no effect: migrations run in the order of their numbers.",
                    origin);
        }
    }

    /** Tells that the application has no migration for any environment, and where they were searched. */
    public Optional<String> noneFound() {
        return migrations.isEmpty() && ignored.isEmpty()
                ? Optional.of("No migration was found in the application. Packages searched: "
                        + (packages.isEmpty() ? "none" : String.join(", ", packages)) + ".")
                : Optional.empty();
    }

    void ignore(String number, String origin) {
        var declaration = new StartupContext.Ignored(number, origin);
        if (ignored.contains(declaration)) {
            return;
        }
        ignored.add(declaration);
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
