package dev.migrate.internal.text;

/** Cuts a text before it is masked, so that no half of a secret is left that the masking would not know. */
final class Cut {

    /** Characters that may separate two words, and are rare in a secret. */
    private static final String BETWEEN = " \t\r\n,;()[]{}";

    private static final int LONGEST_WORD = 200;

    private Cut() {}

    /** The first so many characters at most. */
    static String beginning(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Math.max(0, longest);
        int start = end;
        boolean plain = true;
        while (start > 0 && end - start < LONGEST_WORD && BETWEEN.indexOf(text.charAt(start - 1)) < 0) {
            start--;
            char c = text.charAt(start);
            plain &= c >= 'a' && c <= 'z';
        }
        return text.substring(0, plain ? end : start);
    }
}
