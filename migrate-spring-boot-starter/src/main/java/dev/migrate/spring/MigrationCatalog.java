package dev.migrate.spring;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The migrations of the application, whatever their environment, and the declarations that are none. */
final class MigrationCatalog {

    private static final Logger log = LoggerFactory.getLogger(MigrationCatalog.class);

    private final List<DeclaredMigration> migrations = new ArrayList<>();
    private final List<Workplace.Ignored> ignored = new ArrayList<>();

    void add(DeclaredMigration migration) {
        migrations.add(migration);
        for (String pattern : migration.declaration().impossibleEnvironments()) {
            log.warn(
                    "Migration {} declares the environment '{}', but no environment can have such a name,"
                            + " so this never matches. A pattern is a name, or its beginning followed by *.",
                    migration.origin(),
                    pattern);
        }
    }

    void ignore(String number, String origin) {
        ignored.add(new Workplace.Ignored(number, origin));
        log.warn(
                "Migration {} is left out: '{}' is no sequence number. It takes 4 to 18 digits, such as 0003.",
                origin,
                number);
    }

    List<Workplace.Ignored> ignored() {
        return List.copyOf(ignored);
    }

    /**
     * The migrations of an environment.
     *
     * @throws MigrationDefinitionException if two of them have one number
     */
    List<DeclaredMigration> of(EnvironmentName environment) {
        Map<MigrationId, DeclaredMigration> byNumber = new HashMap<>();
        List<DeclaredMigration> selected = migrations.stream()
                .filter(migration -> migration.declaration().isFor(environment))
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
        for (DeclaredMigration migration : selected) {
            DeclaredMigration twin = byNumber.putIfAbsent(migration.id(), migration);
            if (twin != null) {
                throw new MigrationDefinitionException(
                        "Two migrations have the number " + twin.id() + " in the environment " + environment + ": "
                                + twin.origin() + " and " + migration.origin() + ".",
                        "Give the one that no environment has applied yet the next free number.");
            }
        }
        return selected;
    }
}
