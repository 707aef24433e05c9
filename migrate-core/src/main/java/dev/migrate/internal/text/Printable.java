package dev.migrate.internal.text;

import java.util.stream.Collectors;

/** Escapes, as Java source would, what a log, a terminal or a page would not show as it is. */
final class Printable {

    private Printable() {}

    static String of(String text) {
        int clean = 0;
        while (clean < text.length() && isPlain(text.charAt(clean))) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isPrintable(point)) {
                line.appendCodePoint(point);
            } else {
                escape(line, point);
            }
            i += Character.charCount(point);
        }
        return line.toString();
    }

    static String lines(String text) {
        return text.lines().map(Printable::of).collect(Collectors.joining("\n")) + (text.endsWith("\n") ? "\n" : "");
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    // Marks of direction and of no width, and the byte order mark.
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            // Letters that fill no place.
            default -> point != 0x115f && point != 0x1160 && point != 0x3164 && point != 0xffa0 && point != 0x034f;
        };
    }

    private static void escape(StringBuilder line, int point) {
        switch (point) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                for (char unit : Character.toChars(point)) {
                    line.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
    }
}
