package dev.migrate.internal.text;

import dev.migrate.internal.text.SecretName.Kind;

/** Finds where the value of a secret ends. */
final class SecretValue {

    private static final String ENDS = ",;&)]}<>\"'|`\r\n";
    private static final int LONGEST_NAME = 40;

    private final CharSequence text;

    SecretValue(CharSequence text) {
        this.text = text;
    }

    /** The end of a value that begins somewhere; without its end, a quoted one goes to the end of the text. */
    int end(Kind kind, int start) {
        if (isMasked(start)) {
            return start + KnownSecret.MASK.length();
        }
        int at = start;
        while (is(at, '\\')) {
            at++;
        }
        if (at > start && (is(at, '"') || is(at, '\''))) {
            return escapedQuote(start, at - start, text.charAt(at));
        }
        if (is(start, '"') || is(start, '\'') || is(start, '`')) {
            return quote(start);
        }
        if (is(start, '[') || is(start, '{') || is(start, '(')) {
            return bracket(start);
        }
        return switch (kind) {
            case HEADER -> line(start);
            case PHRASE -> phrase(start);
            case WORD, USUAL -> word(scheme(start));
        };
    }

    private boolean isMasked(int start) {
        int end = start + KnownSecret.MASK.length();
        return is(start, '*')
                && end <= text.length()
                && text.subSequence(start, end).toString().equals(KnownSecret.MASK)
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
    }

    private int quote(int start) {
        char quote = text.charAt(start);
        for (int at = start + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == quote) {
                return at + 1;
            }
        }
        return text.length();
    }

    /** Behind as many backslashes as stand before the quote that begins. */
    private int escapedQuote(int start, int backslashes, char quote) {
        int seen = 0;
        for (int at = start + backslashes + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote && seen <= backslashes) {
                return at + 1;
            }
            seen = c == '\\' ? seen + 1 : 0;
        }
        return text.length();
    }

    private int bracket(int start) {
        int depth = 0;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '[' || c == '{' || c == '(') {
                depth++;
            } else if ((c == ']' || c == '}' || c == ')') && --depth == 0) {
                return at + 1;
            }
        }
        return text.length();
    }

    private int line(int start) {
        int at = start;
        while (at < text.length() && "\r\n]}<".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'' || c == '\\') {
                if (!is(at - 1, '=')) {
                    return at;
                }
                // A parameter of the header, such as response="…".
                at = c == '\\' ? at + 1 : quote(at);
            } else {
                at++;
            }
        }
        return at;
    }

    private int phrase(int start) {
        int at = start;
        while (at < text.length() && !ends(at)) {
            if (Character.isWhitespace(text.charAt(at)) && isName(at + 1)) {
                return at;
            }
            at++;
        }
        return trimmed(start, at);
    }

    private int word(int start) {
        int at = start;
        while (at < text.length() && !ends(at) && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Behind a word such as Bearer, which is masked with what follows it. */
    private int scheme(int start) {
        for (String scheme : new String[] {"bearer", "basic", "digest", "token", "apikey", "negotiate"}) {
            int end = start + scheme.length();
            if (end < text.length()
                    && Character.isWhitespace(text.charAt(end))
                    && scheme.equalsIgnoreCase(text.subSequence(start, end).toString())) {
                return end + 1;
            }
        }
        return start;
    }

    private boolean ends(int at) {
        char c = text.charAt(at);
        boolean escaped = c == '\\' && (is(at + 1, '"') || is(at + 1, 'n') || is(at + 1, 'r'));
        boolean encoded = c == '%' && is(at + 1, '2') && (is(at + 2, '6') || is(at + 2, '2'));
        return escaped || encoded || ENDS.indexOf(c) >= 0;
    }

    /** Whether the next setting begins: a name, and what separates it from its value. */
    private boolean isName(int start) {
        int at = start;
        while (at < text.length() && at - start < LONGEST_NAME && isOfName(text.charAt(at))) {
            at++;
        }
        return at > start && (is(at, '=') || is(at, ':'));
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    private int trimmed(int start, int end) {
        int at = end;
        while (at > start && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private boolean is(int at, char c) {
        return at >= 0 && at < text.length() && text.charAt(at) == c;
    }
}
