package dev.migrate.spring.test;

/**
 * The Java text of a new migration and its test; {@link KotlinTemplate} is the Kotlin text. The generated migration throws an exception until it is implemented,
 * because an empty one would be recorded as applied. The generated test expects that exception.
 */
record MigrationTemplate(String packageName, String name, String number, String words) {

    String migration() {
        return header()
                + """
                import dev.migrate.Migration;
                import dev.migrate.MigrationAction;

                /** %s. */
                @Migration("%s")
                class %s implements MigrationAction {

                    // Inject required beans, such as a JdbcTemplate, through a single constructor.

                    @Override
                    public void migrate() { // returning marks it as applied, throwing as failed
                        throw new UnsupportedOperationException("%s is not implemented yet");
                    }
                }
                """
                        .formatted(sentence(), number, name, name);
    }

    String test() {
        return header()
                + """
                import static org.junit.jupiter.api.Assertions.assertThrows;

                import org.junit.jupiter.api.Test;

                class %sTest {

                    @Test
                    void migrates() {
                        %s migration = new %s();

                        // After implementing it: call migrate() and check the result. If it is rerunnable, call it twice.
                        assertThrows(UnsupportedOperationException.class, migration::migrate);
                    }
                }
                """
                        .formatted(name, name, name);
    }

    private String header() {
        return packageName.isEmpty() ? "" : "package " + packageName + ";\n\n";
    }

    /** Returns the description as the first sentence of the documentation, without a full stop. */
    String sentence() {
        int first = words.codePointAt(0);
        return Character.toString(Character.toTitleCase(first)) + words.substring(Character.charCount(first));
    }
}
