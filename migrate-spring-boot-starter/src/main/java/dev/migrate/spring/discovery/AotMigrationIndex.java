package dev.migrate.spring.discovery;

import java.util.List;

/**
 * The annotated classes of an application, found by AOT processing and stored as a bean definition in the generated
 * code, so that startup does not scan. Conditions are evaluated at startup.
 *
 * @param packages the scanned packages; the index is ignored if the application is configured with other packages
 * @param classes the names of the annotated classes
 */
record AotMigrationIndex(List<String> packages, List<String> classes) {

    static final String BEAN_NAME = "dev.migrate.index";
}
