package dev.migrate.spring.actuate;

import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Decides whether the health contributor {@code migrations} is part of the readiness group, independent of the health
 * types of Spring Boot 3 and 4. Without it, a group such as {@code include=db} reports 200 while the gate is closed.
 */
final class ReadinessGroup {

    static final String NAME = "readiness";

    private static final Logger log = LoggerFactory.getLogger(ReadinessGroup.class);
    private static final String CONTRIBUTOR = "migrations";
    private static final String EXCLUDE = "management.endpoint.health.group." + NAME + ".exclude";

    private ReadinessGroup() {}

    /** Whether the contributor is added to the group. If the application excludes it by name, logs a WARN. */
    static boolean addsMigrations(Environment environment) {
        Set<String> excluded = Binder.get(environment)
                .bind(EXCLUDE, Bindable.setOf(String.class))
                .orElse(Set.of());
        if (excluded.stream().noneMatch(name -> name.trim().equals(CONTRIBUTOR))) {
            return true;
        }
        log.warn(
                "The readiness group excludes the health contributor '{}', so readiness can report 200 while migrations"
                        + " run or block the startup, and an orchestrator can replace the old instances too early."
                        + " Remove '{}' from {}.",
                CONTRIBUTOR,
                CONTRIBUTOR,
                EXCLUDE);
        return false;
    }

    /** Whether a contributor is a member of the group, given the group that the application configures. */
    static boolean isMember(String contributor, Predicate<String> configured) {
        return contributor.equals(CONTRIBUTOR) || configured.test(contributor);
    }
}
