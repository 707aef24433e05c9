package dev.migrate.spring.discovery;

import dev.migrate.EnvironmentName;
import dev.migrate.Migration;
import dev.migrate.MigrationId;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotationMetadata;

/**
 * The attributes of a {@link Migration} annotation on a class or a method.
 *
 * @param id the sequence number
 * @param name the name for the ledger
 * @param environments the declared environments; empty for all
 * @param rerunnable whether the action is idempotent
 * @param origin the class or method, for messages
 * @since 0.1
 */
public record MigrationMetadata(
        MigrationId id, String name, List<String> environments, boolean rerunnable, String origin) {

    /** Reads an annotation. Returns empty if its sequence number is malformed. */
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

    /** The default name in the ledger: the simple name of the class. */
    static String simpleName(AnnotationMetadata type) {
        String enclosing = type.getEnclosingClassName();
        return enclosing == null
                ? type.getClassName().substring(type.getClassName().lastIndexOf('.') + 1)
                : type.getClassName().substring(enclosing.length() + 1);
    }

    /** The same name of a loaded class. */
    static String simpleName(Class<?> type) {
        return simpleName(AnnotationMetadata.introspect(type));
    }

    /** The bean name, which does not depend on the current environment. */
    String beanName() {
        return (environments.isEmpty() ? "*" : String.join(",", environments)) + "/" + id;
    }

    boolean isFor(EnvironmentName environment) {
        return environments.isEmpty() || environments.stream().anyMatch(environment::matches);
    }

    /**
     * Tells whether an environment can match both declarations.
     *
     * @param other another declaration
     * @return true if at least one environment name matches both
     */
    public boolean overlaps(MigrationMetadata other) {
        return environments.isEmpty()
                || other.environments.isEmpty()
                || environments.stream()
                        .anyMatch(one -> other.environments.stream().anyMatch(another -> overlap(one, another)));
    }

    private static boolean overlap(String one, String other) {
        if (!one.endsWith("*")) {
            return other.endsWith("*") ? one.startsWith(prefix(other)) : one.equals(other);
        }
        return other.startsWith(prefix(one)) || (other.endsWith("*") && one.startsWith(prefix(other)));
    }

    private static String prefix(String pattern) {
        return pattern.substring(0, pattern.length() - 1);
    }

    /** The declared environment patterns that no valid environment name can match. */
    List<String> impossibleEnvironments() {
        return environments.stream()
                .filter(pattern -> !pattern.matches("\\*|[A-Za-z0-9][A-Za-z0-9._-]*\\*?"))
                .toList();
    }
}
