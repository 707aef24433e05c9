package dev.migrate.internal.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name that says that a secret follows.
 *
 * @param kind how far its value goes
 * @param start where it begins
 * @param end where it ends
 */
record SecretName(Kind kind, int start, int end) {

    /** How far a value goes that is in no quotes. */
    enum Kind {
        /** To the end of the line. */
        HEADER,
        /** To the next delimiter: a password may have blanks. */
        PHRASE,
        /** To the next blank or delimiter. */
        WORD,
        /** As a word, and the name is a usual one: behind a colon it takes quotes. */
        USUAL
    }

    private static final Pattern NAME = Pattern.compile("(?i)(?:"
            + "(?<header>(?:proxy-)?authorization|(?:set-)?cookie)"
            + "|(?<phrase>password|passwd|passphrase|passcode|pwd|secret|dbpass|userpass|(?<![a-z])pass(?![a-z]))"
            + "|(?<word>token|key|credential|jwt)"
            + "|(?<usual>signature|session|otp(?![a-z])|(?<![a-z])sig(?![a-z])|(?<![a-z])auth(?![a-z])))"
            // What of a longer name is behind it. What is before it needs no search.
            + "[\\w.-]{0,40}+");

    /** Parts of names, in lower case: {@link #NAME} finds nothing in a text without one of these. */
    private static final List<String> SIGNS = List.of(
            "pass", "pwd", "secret", "token", "key", "credential", "jwt", "cookie", "sig", "session", "otp", "auth");

    /** Names that only look so: a secret's name in an ARN is no secret. */
    private static final Pattern ARN = Pattern.compile("\\barn:aws[a-z-]{0,12}+:[\\w:/.*+@-]*+");

    /** Whether a text may contain such a name. Far quicker than a search that finds none. */
    static boolean mayBeIn(String text) {
        return KnownSecret.containsAny(text.toLowerCase(Locale.ROOT), SIGNS);
    }

    /** Finds one name behind the other in a text. */
    static final class Finder {
        private final CharSequence text;
        private final Matcher names;
        private final Matcher arns;
        private int arnStart;
        private int arnEnd;

        Finder(CharSequence text) {
            this.text = text;
            this.names = NAME.matcher(text);
            this.arns = ARN.matcher(text);
        }

        /** The next one at or behind a place; null where there is none. */
        @Nullable
        SecretName next(int from) {
            for (int at = from; names.find(at); at = names.end()) {
                if (!isPartOfArn() && !isException()) {
                    return new SecretName(kind(), names.start(), names.end());
                }
            }
            return null;
        }

        private boolean isPartOfArn() {
            while (arnEnd <= names.start()) {
                boolean found = arns.find();
                arnStart = found ? arns.start() : Integer.MAX_VALUE;
                arnEnd = found ? arns.end() : Integer.MAX_VALUE;
            }
            boolean value = names.end() < text.length() && text.charAt(names.end()) == '=';
            return names.start() >= arnStart && !value;
        }

        /** Such as {@code KeyNotFoundException: no car}. */
        private boolean isException() {
            String name = names.group();
            return name.endsWith("Exception") || name.endsWith("Error");
        }

        private Kind kind() {
            return names.group("header") != null
                    ? Kind.HEADER
                    : names.group("phrase") != null
                            ? Kind.PHRASE
                            : names.group("word") != null ? Kind.WORD : Kind.USUAL;
        }
    }
}
