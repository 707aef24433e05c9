package dev.migrate.spring.discovery;

import dev.migrate.EnvironmentName;
import dev.migrate.Migration;
import dev.migrate.MigrationId;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotationMetadata;

/**
 * What the annotation {@link Migration} on a class or a method says.
 *
 * @param id the sequence number
 * @param name the name for the ledger
 * @param environments the declared environments, empty for every one
 * @param rerunnable whether the action is idempotent
 * @param origin the class or method, for messages
 * @since 0.1
 */
public record MigrationMetadata(
        MigrationId id, String name, List<String> environments, boolean rerunnable, String origin) {

    /** Reads an annotation; empty when its sequence number is malformed. */
    static Optional<MigrationMetadata> read(MergedAnnotation<Migration> annotation, String defaultName, String origin) {
        String name = annotation.getString("name");
        return MigrationId.parse(annotation.getString(MergedAnnotation.VALUE))
                .map(id -> new MigrationMetadata(
                        id,
                        name.isEmpty() ? defaultName : name,
                        List.of(annotation.getStringArray("environments")),
                        annotation.getBoolean("rerunnable"),
                        origin));
    }

    /** The name of a class for the ledger, unless it declares another one. */
    static String simpleName(AnnotationMetadata type) {
        String enclosing = type.getEnclosingClassName();
        return enclosing == null
                ? type.getClassName().substring(type.getClassName().lastIndexOf('.') + 1)
                : type.getClassName().substring(enclosing.length() + 1);
    }

    /** The name of the bean: known without asking which environment this is. */
    String beanName() {
        return (environments.isEmpty() ? "*" : String.join(",", environments)) + "/" + id;
    }

    boolean isFor(EnvironmentName environment) {
        return environments.isEmpty() || environments.stream().anyMatch(environment::matches);
    }

    /**
     * Whether there can be an environment for which both are declared.
     *
     * @param other another declaration
     * @return whether they meet in an environment
     */
    public boolean meets(MigrationMetadata other) {
        return environments.isEmpty()
                || other.environments.isEmpty()
                || environments.stream()
                        .anyMatch(one -> other.environments.stream().anyMatch(another -> overlap(one, another)));
    }

    private static boolean overlap(String one, String other) {
        if (!one.endsWith("*")) {
            return other.endsWith("*") ? one.startsWith(beginning(other)) : one.equals(other);
        }
        return other.startsWith(beginning(one)) || (other.endsWith("*") && one.startsWith(beginning(other)));
    }

    private static String beginning(String pattern) {
        return pattern.substring(0, pattern.length() - 1);
    }

    /** The declared environments that no environment can be named like: a slip that would go unseen. */
    List<String> impossibleEnvironments() {
        return environments.stream()
                .filter(pattern -> !pattern.matches("\\*|[A-Za-z0-9][A-Za-z0-9._-]*\\*?"))
                .toList();
    }
}
