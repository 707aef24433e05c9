package dev.migrate.internal.text;

import dev.migrate.internal.text.SecretName.Kind;

/**
 * Masks the values behind names such as {@code password}, in the forms of properties, JSON, maps, XML, URLs, headers, SQL
 * and options. Driven by hand: every character is looked at a bounded number of times.
 */
final class NamedSecrets {

    private static final int BLANKS = 4;
    private static final int LONGEST_TAG = 200;

    private final CharSequence text;
    private final SecretValue values;
    /** Behind a colon and a blank, as in prose. */
    private boolean prose;

    private NamedSecrets(CharSequence text) {
        this.text = text;
        this.values = new SecretValue(text);
    }

    static String mask(CharSequence text) {
        return new NamedSecrets(text).mask();
    }

    private String mask() {
        StringBuilder masked = new StringBuilder(text.length());
        SecretName.Finder names = new SecretName.Finder(text);
        int from = 0;
        SecretName name = names.next(0);
        while (name != null) {
            int next = name.end();
            int value = value(name);
            if (value >= 0) {
                int end = values.end(name.kind(), value);
                if (end > value && !isOrdinary(name, value, end) && !namesAnother(name, value, end)) {
                    masked.append(text, from, value).append(KnownSecret.MASK);
                    from = end;
                    next = end;
                }
            }
            name = names.next(next);
        }
        return masked.append(text, from, text.length()).toString();
    }

    /** Where the value of a name begins; negative when it has none. */
    private int value(SecretName name) {
        prose = false;
        int at = name.end();
        boolean element = isElement(name.start());
        while (at < text.length() && at - name.end() < 6 && "\\\"'`]".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        boolean quoted = at > name.end();
        int behind = blanks(at);
        if (element || (quoted && is(behind, '>'))) {
            return behindTag(name.end());
        }
        if (quoted && (is(behind, ',') || behind > at)) {
            int paired = blanks(is(behind, ',') ? behind + 1 : behind);
            int pair = pairedValue(paired);
            if (pair >= 0) {
                return pair;
            }
        }
        int separated = separator(behind);
        if (separated >= 0) {
            int value = blanks(separated);
            prose = text.charAt(separated - 1) == ':' && value > separated;
            boolean colon = text.charAt(separated - 1) == ':';
            boolean open = value >= text.length() || "\\\"'`[".indexOf(text.charAt(value)) < 0;
            return name.kind() == Kind.USUAL && colon && open ? -1 : value;
        }
        boolean option = behind > at && isOption(name.start());
        boolean sql = name.kind() == Kind.PHRASE && behind > at && !quoted && (is(behind, '\'') || is(behind, '"'));
        return option || sql ? behind : -1;
    }

    /** Behind {@code =}, {@code :}, {@code =>} or what they are in a URL; negative when there is none. */
    private int separator(int at) {
        if (is(at, '=')) {
            return is(at + 1, '>') || is(at + 1, '=') ? at + 2 : at + 1;
        }
        if (is(at, ':') && !is(at + 1, ':') && !is(at + 1, '/')) {
            return is(at + 1, '=') ? at + 2 : at + 1;
        }
        boolean encoded = is(at, '%') && is(at + 1, '3') && at + 2 < text.length();
        return encoded && "DdAa".indexOf(text.charAt(at + 2)) >= 0 ? at + 3 : -1;
    }

    /** Of {@code {"name": "password", "value": "x"}} and {@code name="password" value="x"}. */
    private int pairedValue(int from) {
        int at = from;
        while (at < text.length() && at - from < 3 && "\\\"'".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String word = "value";
        for (int i = 0; i < word.length(); i++) {
            if (!is(at + i, word.charAt(i))) {
                return -1;
            }
        }
        at += word.length();
        int quotes = at;
        while (at < text.length() && at - quotes < 3 && "\\\"'".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        int separated = separator(blanks(at));
        return separated < 0 ? -1 : blanks(separated);
    }

    private int behindTag(int from) {
        int at = from;
        while (at < text.length() && at - from < LONGEST_TAG && text.charAt(at) != '>' && text.charAt(at) != '<') {
            at++;
        }
        return is(at, '>') && !is(at - 1, '/') ? at + 1 : -1;
    }

    /** Whether a name is that of an XML element which begins. */
    private boolean isElement(int start) {
        int at = nameStart(start);
        return is(at - 1, '<');
    }

    /** Whether a name is that of an option such as {@code --password}. */
    private boolean isOption(int start) {
        int at = nameStart(start);
        return is(at, '-') && (at == 0 || Character.isWhitespace(text.charAt(at - 1)));
    }

    private int nameStart(int start) {
        int at = start;
        while (at > 0 && start - at < 40 && isOfName(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
    }

    /** A word or a count behind a colon, as a sentence has it. */
    private boolean isOrdinary(SecretName name, int start, int end) {
        if (!prose || name.kind() == Kind.PHRASE || name.kind() == Kind.HEADER) {
            return false;
        }
        boolean letters = true;
        boolean digits = true;
        for (int i = start; i < end; i++) {
            letters &= Character.isLetter(text.charAt(i));
            digits &= Character.isDigit(text.charAt(i));
        }
        return (letters && end - start < 16) || (digits && end - start < 8);
    }

    /** The value of {@code key="password"} is a name. */
    private boolean namesAnother(SecretName name, int start, int end) {
        boolean key = name.end() - name.start() == 3 && name.kind() == Kind.WORD;
        return key
                && "\\\"'".indexOf(text.charAt(start)) >= 0
                && end - start < 60
                && new SecretName.Finder(text.subSequence(start, end)).next(0) != null;
    }

    private int blanks(int from) {
        int at = from;
        while (at < text.length() && at - from < BLANKS && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private boolean is(int at, char c) {
        return at >= 0 && at < text.length() && text.charAt(at) == c;
    }
}
