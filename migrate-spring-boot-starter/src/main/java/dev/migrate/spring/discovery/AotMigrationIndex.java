package dev.migrate.spring.discovery;

import java.util.List;

/**
 * The annotated classes of an application, found when it was processed ahead of time and kept as a bean definition in
 * the generated code, so that its start has nothing to scan. Conditions are left for the start to evaluate.
 *
 * @param packages what was scanned; an application that is told to scan something else does not use the index
 * @param classes the names of the annotated classes
 */
record AotMigrationIndex(List<String> packages, List<String> classes) {

    static final String BEAN_NAME = "migrationIndex";
}
