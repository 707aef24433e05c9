package dev.migrate.spring;

import dev.migrate.EnvironmentName;
import dev.migrate.Migration;
import dev.migrate.MigrationId;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.MergedAnnotation;

/**
 * What the annotation on a class or a method says.
 *
 * @param id the sequence number
 * @param name the name for the ledger
 * @param environments the declared environments, empty for every one
 * @param rerunnable whether the action is idempotent
 * @param origin the class or method, for messages
 */
record Declaration(MigrationId id, String name, List<String> environments, boolean rerunnable, String origin) {

    /** Reads an annotation; empty when its sequence number is malformed. */
    static Optional<Declaration> read(MergedAnnotation<Migration> annotation, String defaultName, String origin) {
        String name = annotation.getString("name");
        return MigrationId.parse(annotation.getString(MergedAnnotation.VALUE))
                .map(id -> new Declaration(
                        id,
                        name.isEmpty() ? defaultName : name,
                        List.of(annotation.getStringArray("environments")),
                        annotation.getBoolean("rerunnable"),
                        origin));
    }

    /** The name of the bean: known without asking which environment this is. */
    String beanName() {
        return (environments.isEmpty() ? "*" : String.join(",", environments)) + "/" + id;
    }

    boolean isFor(EnvironmentName environment) {
        return environments.isEmpty() || environments.stream().anyMatch(environment::matches);
    }

    /** The declared environments that no environment can be named like: a slip that would go unseen. */
    List<String> impossibleEnvironments() {
        return environments.stream()
                .filter(pattern -> !pattern.matches("\\*|[A-Za-z0-9][A-Za-z0-9._-]*\\*?"))
                .toList();
    }
}
