package dev.migrate.spring.test;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Derives a class name from a description: {@code AddPriceToCars} from {@code "add price to cars"}. */
final class MigrationClassName {

    private static final int MAX_LENGTH = 100;

    /** Names that already have a meaning in the generated files. */
    private static final Set<String> RESERVED = Set.of("Migration", "MigrationAction", "Test");

    private MigrationClassName() {}

    /** Returns the words of a description: letters and digits only, so they are also safe in a comment. */
    static List<String> words(String description) {
        String composed = Normalizer.normalize(description, Normalizer.Form.NFC).replaceAll("['\u2019]", "");
        return Arrays.stream(composed.split("[^\\p{L}\\p{Mn}\\p{Mc}\\p{Nd}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /**
     * Returns the class name.
     *
     * @throws IllegalArgumentException if the description gives no usable name
     */
    static String of(String description) {
        String joined =
                words(description).stream().map(MigrationClassName::capitalized).collect(Collectors.joining());
        if (joined.isEmpty()) {
            throw new IllegalArgumentException("The description '" + description + "' contains no word for a class"
                    + " name. Describe what the migration does, for example: add price to cars");
        }
        String name = Character.isJavaIdentifierStart(joined.codePointAt(0)) ? joined : "Migrate" + joined;
        if (RESERVED.contains(name) || isOfJavaLang(name)) {
            throw new IllegalArgumentException("The description '" + description + "' makes the name " + name
                    + ", which has another meaning in Java or in this library. Use more words.");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("The description makes a name of " + name.length() + " characters,"
                    + " and " + MAX_LENGTH + " are allowed. Use fewer words.");
        }
        return name;
    }

    private static String capitalized(String word) {
        int first = word.codePointAt(0);
        return Character.toString(Character.toTitleCase(first)) + word.substring(Character.charCount(first));
    }

    private static boolean isOfJavaLang(String name) {
        try {
            Class.forName("java.lang." + name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
