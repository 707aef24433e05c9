package dev.migrate.internal.store;

import java.util.regex.Pattern;

/**
 * The form of a key, the same for every store: parts of letters, digits, dots, underscores and hyphens, each beginning
 * with a letter or digit, with one {@code /} between them. So no key leaves its place ({@code ..}, a leading
 * {@code /}), none hides ({@code .lock}), and none needs encoding.
 *
 * @since 0.1
 */
public final class ObjectKeys {

    /** What S3 allows for a whole key is 1,024 bytes; this leaves room for the prefix. */
    private static final int MAX_LENGTH = 512;

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}(/[A-Za-z0-9][A-Za-z0-9._-]{0,199})*");

    private ObjectKeys() {}

    /**
     * Checks a key, or the name of a folder, which has the same form.
     *
     * @param key the key
     * @return the key
     * @throws IllegalArgumentException if it has another form, or more than 512 characters
     */
    public static String check(String key) {
        if (key.length() > MAX_LENGTH || !FORM.matcher(key).matches()) {
            throw new IllegalArgumentException("'" + key + "' is no key: it takes parts of letters, digits, dots,"
                    + " underscores and hyphens, each beginning with a letter or digit, with one '/' between them,"
                    + " and at most " + MAX_LENGTH + " characters");
        }
        return key;
    }

    /**
     * Checks the limit of a list.
     *
     * @param limit the limit
     * @return the limit
     * @throws IllegalArgumentException if it is below 1
     */
    public static int checkLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "A list of at most " + limit + " names was asked for: it takes 1 or more");
        }
        return limit;
    }
}
