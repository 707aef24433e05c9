package dev.migrate;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A sequence number: 4 to 18 digits. Leading zeros do not count: 0003 equals 00003.
 *
 * @since 0.1
 */
public final class MigrationId implements Comparable<MigrationId> {

    private static final Pattern FORM = Pattern.compile("[0-9]{4,18}");

    private final String text;
    private final long number;

    private MigrationId(String text) {
        this.text = text;
        this.number = Long.parseLong(text);
    }

    /**
     * Reads a sequence number.
     *
     * @param text 4 to 18 digits
     * @return the number
     * @throws IllegalArgumentException if the text is malformed
     */
    public static MigrationId of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a sequence number: expected 4 to 18 digits, such as 0003"));
    }

    /**
     * Reads a sequence number that may be malformed.
     *
     * @param text any text
     * @return the number; empty when the text is malformed
     */
    public static Optional<MigrationId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new MigrationId(text)) : Optional.empty();
    }

    /**
     * The numeric value.
     *
     * @return the number, 0 or more
     */
    public long number() {
        return number;
    }

    @Override
    public int compareTo(MigrationId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MigrationId id && id.number == number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    /** The digits as they were declared. */
    @Override
    public String toString() {
        return text;
    }
}
