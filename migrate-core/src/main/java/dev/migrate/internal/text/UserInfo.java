package dev.migrate.internal.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The user information before the host in an address. It may contain the characters that should end it. */
final class UserInfo {

    private static final Pattern BEGIN = Pattern.compile("://|(?i:jdbc:oracle:)[a-z0-9]{1,10}+:");
    private static final String ENDS = " \t\r\n\"'<>\\";

    private UserInfo() {}

    static String mask(CharSequence text) {
        StringBuilder masked = new StringBuilder(text.length());
        Matcher begin = BEGIN.matcher(text);
        int from = 0;
        while (begin.find(from)) {
            int start = begin.end();
            int end = start;
            int at = -1;
            int slash = -1;
            int colon = -1;
            for (; end < text.length() && ENDS.indexOf(text.charAt(end)) < 0; end++) {
                char c = text.charAt(end);
                if (c == ':' && text.length() > end + 2 && text.charAt(end + 1) == '/' && text.charAt(end + 2) == '/') {
                    break; // the next address
                }
                if (c == '@' && (slash < 0 || colon >= 0 || begin.end() - begin.start() > 3)) {
                    at = end;
                }
                if (c == ':' && slash < 0 && at < 0 && colon < 0 && !isPort(text, end + 1)) {
                    colon = end;
                }
                if (c == '/' && slash < 0) {
                    slash = end;
                }
            }
            boolean found = at > start;
            masked.append(text, from, found ? start : end);
            if (found) {
                masked.append(KnownSecret.MASK);
            }
            // Every character is looked at once, or twice behind what was masked.
            from = found ? at : end;
        }
        return masked.append(text, from, text.length()).toString();
    }

    private static boolean isPort(CharSequence text, int from) {
        int end = from;
        while (end < text.length() && end - from < 6 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end > from && end - from < 6 && (end == text.length() || "/?#,;) \t\r\n".indexOf(text.charAt(end)) >= 0);
    }
}
