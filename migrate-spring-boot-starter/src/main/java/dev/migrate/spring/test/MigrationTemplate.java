package dev.migrate.spring.test;

/**
 * The text of a new migration and its test. The migration fails until it is written, because one that does nothing
 * would be applied for good; its test holds as long as it is not written, and asks for a better one afterwards.
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

                    // The beans it needs, such as a JdbcTemplate, are the parameters of its one constructor.

                    @Override
                    public void migrate() { // returning means done for good, throwing means failed
                        throw new UnsupportedOperationException("%s is not written yet");
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

                        // Once it is written: call migrate(), and look at what it did. Then call it again, if it is rerunnable.
                        assertThrows(UnsupportedOperationException.class, migration::migrate);
                    }
                }
                """
                        .formatted(name, name, name);
    }

    private String header() {
        return packageName.isEmpty() ? "" : "package " + packageName + ";\n\n";
    }

    private String sentence() {
        int first = words.codePointAt(0);
        return Character.toString(Character.toTitleCase(first)) + words.substring(Character.charCount(first));
    }
}
