package dev.migrate;

import java.util.regex.Pattern;

/**
 * The name of an environment, such as {@code odin-dev}. It becomes part of object keys and file names, so its form is
 * strict.
 *
 * @param value the name
 * @since 0.1
 */
public record EnvironmentName(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name has another form than {@code [A-Za-z0-9][A-Za-z0-9._-]{0,127}}
     */
    public EnvironmentName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no name for an environment: it takes a letter or"
                    + " digit, then at most 127 letters, digits, dots, underscores or hyphens");
        }
    }

    /**
     * Whether a declared environment means this one.
     *
     * @param pattern a name, or the beginning of a name followed by {@code *}
     * @return whether it matches
     */
    public boolean matches(String pattern) {
        return pattern.endsWith("*")
                ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                : value.equals(pattern);
    }

    @Override
    public String toString() {
        return value;
    }
}
