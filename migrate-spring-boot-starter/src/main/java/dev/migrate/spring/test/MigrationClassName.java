package dev.migrate.spring.test;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the name of a class of a description: {@code AddPriceToCars} of {@code "add price to cars"}. */
final class MigrationClassName {

    private static final int LONGEST = 100;

    /** Names that mean something else in the two files that are written. */
    private static final Set<String> TAKEN = Set.of("Migration", "MigrationAction", "Test");

    private MigrationClassName() {}

    /** The words: letters and digits. What stands between them is left out, so they can stand in a comment too. */
    static List<String> words(String description) {
        String composed = Normalizer.normalize(description, Normalizer.Form.NFC).replaceAll("['\u2019]", "");
        return Arrays.stream(composed.split("[^\\p{L}\\p{Mn}\\p{Mc}\\p{Nd}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /**
     * The name.
     *
     * @throws IllegalArgumentException if no usable name comes of the description
     */
    static String of(String description) {
        String joined =
                words(description).stream().map(MigrationClassName::capitalized).collect(Collectors.joining());
        if (joined.isEmpty()) {
            throw new IllegalArgumentException("The description '" + description + "' has no word to name a class by."
                    + " Say what the migration does, such as: add price to cars");
        }
        String name = Character.isJavaIdentifierStart(joined.codePointAt(0)) ? joined : "Migrate" + joined;
        if (TAKEN.contains(name) || isOfJavaLang(name)) {
            throw new IllegalArgumentException("The description '" + description + "' makes the name " + name
                    + ", which means something else in Java or in this library. Say it in more words.");
        }
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("The description makes a name of " + name.length() + " characters, and "
                    + LONGEST + " are enough. Say it in fewer words.");
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
