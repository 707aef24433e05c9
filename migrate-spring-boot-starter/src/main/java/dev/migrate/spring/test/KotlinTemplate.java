package dev.migrate.spring.test;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The Kotlin text of a {@link MigrationTemplate}. */
final class KotlinTemplate {

    /** The hard keywords of Kotlin that are no keywords of Java, and so can be a part of the name of a package. */
    private static final Set<String> KEYWORDS =
            Set.of("as", "fun", "in", "is", "object", "typealias", "typeof", "val", "var", "when");

    private KotlinTemplate() {}

    static String migration(MigrationTemplate template) {
        return header(template)
                + """
                import dev.migrate.Migration
                import dev.migrate.MigrationAction

                /** %s. */
                @Migration("%s")
                class %s : MigrationAction {

                    // Inject required beans, such as a JdbcTemplate, through the primary constructor.

                    override fun migrate() { // returning marks it as applied, throwing as failed
                        throw UnsupportedOperationException("%s is not implemented yet")
                    }
                }
                """
                        .formatted(template.sentence(), template.number(), template.name(), template.name());
    }

    static String test(MigrationTemplate template) {
        return header(template)
                + """
                import org.junit.jupiter.api.Assertions.assertThrows
                import org.junit.jupiter.api.Test

                class %sTest {

                    @Test
                    fun migrates() {
                        val migration = %s()

                        // After implementing it: call migrate() and check the result. If it is rerunnable, call it twice.
                        assertThrows(UnsupportedOperationException::class.java) { migration.migrate() }
                    }
                }
                """
                        .formatted(template.name(), template.name());
    }

    private static String header(MigrationTemplate template) {
        String name = template.packageName();
        return name.isEmpty()
                ? ""
                : Arrays.stream(name.split("\\."))
                        .map(part -> KEYWORDS.contains(part) ? "`" + part + "`" : part)
                        .collect(Collectors.joining(".", "package ", "\n\n"));
    }
}
